// How long an MP4 or MOV runs, read from its index; null where that cannot be told.

const view = async (file, from, length) => new DataView(await file.slice(from, from + length).arrayBuffer());
const nameAt = (bytes, at) => String.fromCharCode(...[4, 5, 6, 7].map((step) => bytes.getUint8(at + step)));

const find = async (file, wanted, from, to) => {
  for (let at = from, steps = 0; at + 8 <= to && steps < 100; steps++) {
    const head = await view(file, at, 16);
    const short = head.getUint32(0);
    const length = short === 1 ? Number(head.getBigUint64(8)) : short || to - at;
    if (nameAt(head, 0) === wanted) return { from: at + (short === 1 ? 16 : 8), to: Math.min(to, at + length) };
    if (length < 8) return null;
    at += length;
  }
  return null;
};

export const secondsOf = async (file) => {
  try {
    const index = await find(file, "moov", 0, file.size);
    const head = index && (await find(file, "mvhd", index.from, index.to));
    if (!head) return null;
    const fields = await view(file, head.from, 36);
    const isLong = fields.getUint8(0) === 1;
    const scale = fields.getUint32(isLong ? 20 : 12);
    const length = isLong ? Number(fields.getBigUint64(24)) : fields.getUint32(16);
    return scale ? length / scale : null;
  } catch {
    return null;
  }
};
