"""Draw the plan of the Sallow that lies beside the sample newspaper report.

Standard library only. Run it as

    python docs/samples/draw_picture.py src/pressmark/samples/newspaper-report.png

The plan is 800 by 500 pixels, black on cream. It is drawn three times as large and reduced, so that the
lines are smooth, and written as a PNG with a palette of sixteen tones (PNG specification, section 11).
Coordinates are pixels of the finished picture, x to the right (east) and y downwards (south).
"""

from __future__ import annotations

import itertools
import math
import random
import struct
import sys
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

Point = tuple[float, float]

WIDTH, HEIGHT, SCALE = 800, 500, 3
CREAM, INK = (250, 244, 226), (38, 28, 20)

# Letters drawn with a pen on a grid four wide and six high; strokes are separated by spaces, points are
# pairs of digits (x, y) with y downwards.
LETTERS = {
    "A": "062046 1434",
    "B": "00063645443303 3342413000",
    "C": "41301001051636 3645",
    "D": "00063645413000",
    "E": "40000646 0333",
    "F": "400006 0333",
    "G": "4130100105163645 454323",
    "H": "0006 4046 0343",
    "I": "2026",
    "K": "0006 4003 1346",
    "L": "000646",
    "M": "0600244046",
    "N": "06004640",
    "O": "301001051636454130",
    "P": "06003041423303",
    "R": "06003041423303 2346",
    "S": "413010010213334445361605",
    "T": "0040 2026",
    "U": "000516364540",
    "V": "002640",
    "W": "0016233640",
    "X": "0046 4006",
    "Y": "002340 2326",
    "1": "112026",
    "0": "301001051636454130",
    "7": "004016",
    "9": "423313020110304145361605",
    ",": "2617",
    ".": "2526",
    " ": "",
}
RIVER = [(-20, 70), (60, 92), (150, 112), (240, 120), (330, 118), (396, 140), (410, 182), (372, 222)]
RIVER += [(322, 262), (306, 314), (336, 362), (400, 398), (462, 424), (520, 462), (560, 520)]
FLOOD = [(400, 128), (330, 106), (268, 104), (262, 78), (316, 56), (400, 62), (470, 84), (540, 78), (600, 96)]
FLOOD += [(640, 152), (700, 196), (764, 216), (772, 290), (766, 346), (640, 372), (478, 408), (408, 388)]
FLOOD += [(350, 354), (326, 312), (338, 272), (388, 234), (426, 192)]
BREACH = (421, 176)
HILL = (700, 118)


class Plate:
    """A grey plate of WIDTH x HEIGHT pixels, SCALE times enlarged; 0 is paper and 1 is ink."""

    def __init__(self) -> None:
        self.wide, self.high = WIDTH * SCALE, HEIGHT * SCALE
        self.rows = [bytearray(self.wide) for _ in range(self.high)]

    def fill(self, outline: Sequence[Point], tone: int = 1) -> None:
        """Fill a polygon (even-odd rule)."""
        points = [(x * SCALE, y * SCALE) for x, y in outline]
        top = max(0, math.ceil(min(y for _, y in points) - 0.5))
        bottom = min(self.high - 1, math.floor(max(y for _, y in points) - 0.5))
        for row in range(top, bottom + 1):
            crossings = sorted(_crossings(points, row + 0.5))
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                start, end = max(0, math.ceil(left - 0.5)), min(self.wide, math.ceil(right - 0.5))
                if end > start:
                    self.rows[row][start:end] = bytes([tone]) * (end - start)

    def disc(self, centre: Point, radius: float, tone: int = 1) -> None:
        """Fill a circle."""
        turn = [math.tau * step / 20 for step in range(20)]
        self.fill([(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in turn], tone)

    def line(self, points: Sequence[Point], width: float = 1.0, tone: int = 1) -> None:
        """Draw a line through the points with round joins."""
        for start, end in itertools.pairwise(points):
            across = _normal(start, end, width / 2)
            corners = [(start, 1), (end, 1), (end, -1), (start, -1)]
            self.fill([(p[0] + across[0] * s, p[1] + across[1] * s) for p, s in corners], tone)
        for point in points:
            self.disc(point, width / 2, tone)

    def box(self, left: float, top: float, right: float, bottom: float, tone: int = 1) -> None:
        """Fill an upright rectangle."""
        self.fill([(left, top), (right, top), (right, bottom), (left, bottom)], tone)

    def png(self) -> bytes:
        """The plate as the bytes of a PNG file with sixteen tones from cream to ink."""
        lines = bytearray()
        for y in range(HEIGHT):
            tones = [self._tone(x, y) for x in range(WIDTH)]
            lines.append(0)
            lines += bytes(a << 4 | b for a, b in zip(tones[::2], tones[1::2], strict=True))
        palette = bytes(round(c + (k - c) * t / 15) for t in range(16) for c, k in zip(CREAM, INK, strict=True))
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)
        parts = [
            (b"IHDR", head),
            (b"PLTE", palette),
            (b"IDAT", zlib.compress(bytes(lines), 9)),
            (b"IEND", b""),
        ]
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)

    def _tone(self, x: int, y: int) -> int:
        left, top = x * SCALE, y * SCALE
        ink = sum(sum(row[left : left + SCALE]) for row in self.rows[top : top + SCALE])
        return round(15 * ink / SCALE**2)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _crossings(points: Sequence[Point], y: float) -> Iterable[float]:
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if (y1 <= y) != (y2 <= y):
            yield x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def _normal(start: Point, end: Point, length: float) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = math.hypot(dx, dy) or 1.0
    return -dy / size * length, dx / size * length


def smooth(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """A curve through all the points (Catmull and Rom, 1974)."""
    padded = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for t in (step / steps for step in range(steps)):
            curve.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*curve, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def beside(curve: Sequence[Point], distance: float) -> list[Point]:
    """The curve moved sideways, to its right hand if the distance is positive."""
    moved = []
    for index, point in enumerate(curve):
        before, after = curve[max(0, index - 1)], curve[min(len(curve) - 1, index + 1)]
        across = _normal(before, after, distance)
        moved.append((point[0] + across[0], point[1] + across[1]))
    return moved


def inside(outline: Sequence[Point], point: Point) -> bool:
    """Whether a point lies inside a polygon."""
    return sum(x > point[0] for x in _crossings(outline, point[1])) % 2 == 1


def lettering(plate: Plate, text: str, left: float, top: float, *, size: float = 10, clear: bool = True) -> None:
    """Write capitals whose height is `size`, if asked on a clearing of bare paper."""
    unit = size / 6
    if clear:
        plate.box(left - 4, top - 3, left + (len(text) * 6 - 2) * unit + 4, top + size + 3, 0)
    for place, letter in enumerate(text):
        for stroke in LETTERS[letter].split():
            digits = [int(digit) for digit in stroke]
            pairs = zip(digits[::2], digits[1::2], strict=True)
            plate.line([(left + (x + place * 6) * unit, top + y * unit) for x, y in pairs], max(1.0, size / 9))


def draw_fields(plate: Plate) -> None:
    """The ditches between the fields, on both sides of the river."""
    for x in range(455, 800, 46):
        plate.line([(x, 20), (x - 30, 480)], 0.6)
    for y in range(52, 480, 44):
        plate.line([(430, y), (790, y - 14)], 0.6)
    for x in range(40, 300, 62):
        plate.line([(x, 150), (x + 24, 330)], 0.6)
    for y in range(176, 330, 52):
        plate.line([(12, y), (300, y + 18)], 0.6)


def draw_flood(plate: Plate, chance: random.Random) -> None:
    """The drowned land: broken level lines, as an engraver cuts still water."""
    outline = smooth([*FLOOD, FLOOD[0]])
    plate.fill(outline, 0)
    plate.line(outline, 0.8)
    for y in range(60, 430, 5):
        x = 300.0 + chance.random() * 20
        while x < 790:
            length = chance.uniform(14, 60)
            _level_line(plate, outline, x, x + length, y)
            x += length + chance.uniform(4, 12)


def _level_line(plate: Plate, outline: Sequence[Point], left: float, right: float, y: float) -> None:
    steps = [left + step for step in range(0, int(right - left), 2)]
    kept = [x for x in steps if inside(outline, (x, y))]
    if len(kept) > 2:
        plate.line([(kept[0], y), (kept[-1], y)], 0.8)


def draw_river(plate: Plate) -> None:
    """The river with its stream lines, and a bank of short strokes on either hand."""
    course = smooth(RIVER)
    plate.fill([*beside(course, 17), *reversed(beside(course, -17))], 0)
    for distance in (-11, 11):
        plate.line(beside(course, distance), 2.2)
    for distance in (-7, -3, 1, 5):
        stream = beside(course, distance)
        for start in range(abs(distance) % 5, len(stream) - 9, 13):
            plate.line(stream[start : start + 9], 0.7)
    for side in (-1, 1):
        _draw_bank(plate, beside(course, side * 13.5), beside(course, side * 18))


def _draw_bank(plate: Plate, crest: Sequence[Point], foot: Sequence[Point]) -> None:
    for (a, b), (c, d) in zip(itertools.pairwise(crest), itertools.pairwise(foot), strict=True):
        steps = max(1, round(math.dist(a, b) / 3))
        for step in range(steps):
            t = step / steps
            plate.line([_between(a, b, t), _between(c, d, t)], 0.9)


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def draw_breach(plate: Plate) -> None:
    """The gap in the bank, and the water fanning out of it."""
    x, y = BREACH
    plate.fill([(x - 13, y - 12), (x + 10, y - 16), (x + 12, y + 15), (x - 10, y + 14)], 0)
    for turn in (-50, -25, 0, 25, 50):
        direction = math.radians(turn)
        reach = 44 - abs(turn) * 0.2
        tip = (x + 2 + reach * math.cos(direction), y + reach * math.sin(direction))
        plate.line([(x - 12, y + turn * 0.12), tip], 4.6, 0)
        plate.line([(x - 12, y + turn * 0.12), tip], 1.5)
        for barb in (2.6, -2.6):
            back = (tip[0] + 8 * math.cos(direction + barb), tip[1] + 8 * math.sin(direction + barb))
            plate.line([tip, back], 1.5)


def draw_house(plate: Plate, left: float, foot: float, *, size: float = 9) -> None:
    """A gabled house with one dark side."""
    eaves, ridge, front, back = foot - size * 0.7, foot - size * 1.2, left + size * 0.8, left + size * 1.6
    plate.fill([(left - 2, foot + 2), (left - 2, eaves - 3), (back + 2, ridge - 3), (back + 2, foot + 2)], 0)
    gable = [(left, foot), (left, eaves), (left + size * 0.4, ridge), (front, eaves)]
    plate.line([*gable, (front, foot), (left, foot)], 1.1)
    roof = [gable[2], (left + size * 1.3, ridge), (back, eaves), gable[3]]
    plate.fill(roof)
    plate.line([(back, eaves), (back, foot), (front, foot)], 1.1)


def draw_church(plate: Plate, left: float, foot: float, *, size: float = 10) -> None:
    """A nave, a tower, a spire and a cross."""
    draw_house(plate, left + size * 0.7, foot, size=size)
    plate.box(left - 1, foot - size * 2, left + size * 0.8, foot + 1, 0)
    tower = [
        (left, foot),
        (left, foot - size * 1.9),
        (left + size * 0.7, foot - size * 1.9),
        (left + size * 0.7, foot),
    ]
    plate.line([*tower, tower[0]], 1.1)
    middle = left + size * 0.35
    plate.fill([(left - 1, foot - size * 1.9), (middle, foot - size * 3), (left + size * 0.7 + 1, foot - size * 1.9)])
    plate.line([(middle, foot - size * 3), (middle, foot - size * 3.7)], 1)
    plate.line([(middle - 2.5, foot - size * 3.4), (middle + 2.5, foot - size * 3.4)], 1)


def draw_town(plate: Plate, chance: random.Random) -> None:
    """Stavenham: rows of houses above and below the river, with a church and the bridge."""
    for foot, left, right in ((50, 96, 220), (68, 74, 230), (86, 120, 240), (148, 104, 210), (166, 122, 230)):
        x = left + chance.uniform(0, 6)
        while x < right:
            draw_house(plate, x, foot + chance.uniform(-1, 1), size=chance.uniform(7, 9))
            x += chance.uniform(16, 20)
    draw_church(plate, 152, 72, size=13)
    for x in (172, 184):
        plate.line([(x, 92), (x - 3, 142)], 7, 0)
    for x in (170, 184):
        plate.line([(x, 92), (x - 3, 142)], 1.8)
    for step in range(11):
        plate.line([(170 - step * 0.3, 95 + step * 4.5), (184 - step * 0.3, 95 + step * 4.5)], 0.8)


def draw_level(plate: Plate) -> None:
    """The Long Drain with the Nether Sluice, the Drove, the chapel, and the hill of Marsh Abbot."""
    drain = [(474, 414), (640, 376), (800, 352)]
    plate.line(drain, 7, 0)
    for distance in (-2.5, 2.5):
        plate.line(beside(drain, distance), 1.2)
    draw_house(plate, 496, 400, size=9)
    for step in range(7):
        draw_house(plate, 548 + step * 29, 350 - step * 5.4, size=8)
    draw_church(plate, 620, 282, size=9)
    _draw_hill(plate)
    draw_house(plate, 520, 60, size=8)
    draw_house(plate, 538, 58, size=8)
    draw_house(plate, 556, 61, size=8)


def _draw_hill(plate: Plate) -> None:
    x, y = HILL
    for ring, strokes in ((1.0, 54), (0.62, 34)):
        for stroke in range(strokes):
            turn = math.tau * stroke / strokes
            across, down = math.cos(turn), math.sin(turn) * 0.62
            inner, outer = 44 * ring, 54 * ring
            plate.line([(x + inner * across, y + inner * down), (x + outer * across, y + outer * down)], 0.9)
    plate.disc((x, y), 17, 0)
    draw_church(plate, x - 8, y + 8, size=9)


def draw_rose(plate: Plate, x: float, y: float) -> None:
    """A compass rose with its north arm inked."""
    plate.disc((x, y), 23, 1)
    plate.disc((x, y), 21.8, 0)
    for quarter in range(4):
        turn = math.radians(quarter * 90 - 90)
        tip = (x + 32 * math.cos(turn), y + 32 * math.sin(turn))
        left = (x + 7 * math.cos(turn - math.pi / 4), y + 7 * math.sin(turn - math.pi / 4))
        right = (x + 7 * math.cos(turn + math.pi / 4), y + 7 * math.sin(turn + math.pi / 4))
        plate.fill([tip, left, (x, y), right], 0)
        plate.line([tip, left, (x, y), right, tip], 1)
        plate.fill([tip, left, (x, y)])
    lettering(plate, "N", x - 3.5, y - 47, size=10)


def draw_title(plate: Plate) -> None:
    """The title, the scale of half a mile, and the rose in the south-western corner."""
    plate.box(24, 352, 268, 476, 0)
    for inset, width in ((0, 1.6), (5, 0.7)):
        _frame(plate, 24 + inset, 352 + inset, 268 - inset, 476 - inset, width)
    lettering(plate, "THE SALLOW", 44, 372, size=17, clear=False)
    lettering(plate, "BELOW STAVENHAM", 44, 400, size=10, clear=False)
    lettering(plate, "FEBRUARY 7, 1909", 44, 419, size=9, clear=False)
    for part in range(4):
        plate.box(44 + part * 35, 438, 79 + part * 35, 444)
        if part % 2:
            plate.box(45 + part * 35, 439, 78 + part * 35, 443, 0)
    lettering(plate, "HALF A MILE", 44, 453, size=7.5, clear=False)


def _frame(plate: Plate, left: float, top: float, right: float, bottom: float, width: float) -> None:
    plate.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], width)


def draw_names(plate: Plate) -> None:
    """The names of the places."""
    names = [
        ("STAVENHAM", 28, 24, 11),
        ("LOW WARD", 306, 76, 9),
        ("CANDLE BEND", 282, 160, 9),
        ("NETHER SLUICE", 314, 440, 9),
    ]
    names += [("WITHEN DROVE", 566, 302, 9), ("THORNHITHE", 598, 226, 9), ("MARSH ABBOT", 655, 46, 9)]
    names += [("LITTLE SALLOW", 484, 30, 9), ("LONG DRAIN", 654, 392, 9), ("BREACH", 478, 172, 11)]
    for text, left, top, size in names:
        lettering(plate, text, left, top, size=size)


def draw_plan() -> bytes:
    """The whole plan as the bytes of a PNG file; the same at every run."""
    plate, chance = Plate(), random.Random(1909)
    draw_fields(plate)
    draw_flood(plate, chance)
    draw_level(plate)
    draw_river(plate)
    draw_breach(plate)
    plate.line([(463, 403), (482, 413)], 8, 0)
    plate.line([(463, 403), (482, 413)], 4.5)
    draw_town(plate, chance)
    draw_title(plate)
    draw_rose(plate, 66, 262)
    draw_names(plate)
    plate.box(0, 0, WIDTH, 9, 0)
    plate.box(0, HEIGHT - 9, WIDTH, HEIGHT, 0)
    plate.box(0, 0, 9, HEIGHT, 0)
    plate.box(WIDTH - 9, 0, WIDTH, HEIGHT, 0)
    _frame(plate, 9, 9, WIDTH - 9, HEIGHT - 9, 2.4)
    _frame(plate, 14, 14, WIDTH - 14, HEIGHT - 14, 0.8)
    return plate.png()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(draw_plan())
