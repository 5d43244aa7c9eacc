"""Makes the two fonts of the house from Debian's packages; see ../CREDITS.md.

    python subset.py <folder with the unpacked packages> <folder for the fonts>

The same input gives the same bytes.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

SOURCES = [
    # file, face in a collection, family, name in PDF
    ("usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", None, "Fuxiang Hand", "fuxiang-hand"),
    ("usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2, "Fuxiang Plain", "fuxiang-plain"),
]
HANZI_ROWS = range(0xB0, 0xF8)  # levels 1 and 2
SIGN_ROWS = (0xA1, 0xA3)  # punctuation; full-width forms
RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3C9), (0x2010, 0x2027), (0x2460, 0x2473), (0x3000, 0x3017)]
SINGLES = "ǎǐǒǔǚǖǘǜ‰′″‹›※←↑→↓−≠≤≥∞×■□▲△○●◇◆★☆✓✔✕✗€℃№"
# Hanzi beyond GB 2312 that names and records ask for.
BEYOND = "祇喆堃祎瑄璟煊珺昇"
DROPPED = ["vhea", "vmtx", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "DSIG", "gasp", "meta"]
MAX_ERROR_EM = 0.001


def gb2312(rows):
    for high in rows:
        for low in range(0xA1, 0xFF):
            try:
                yield ord(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                pass


def wanted():
    points = set(gb2312(HANZI_ROWS)) | set(gb2312(SIGN_ROWS)) | {ord(c) for c in SINGLES + BEYOND}
    for first, last in RANGES:
        points.update(range(first, last + 1))
    return points


def to_quadratic(font):
    """Cubic outlines (CFF) become quadratic ones (glyf)."""
    glyph_set, order, em = font.getGlyphSet(), font.getGlyphOrder(), font["head"].unitsPerEm
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, em * MAX_ERROR_EM, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    for name in order:
        glyphs[name].recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyphs[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions "
        "maxComponentElements maxPoints maxContours maxCompositePoints maxCompositeContours maxComponentDepth"
    ).split():
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font, family, postscript):
    """The OFL does not let a modified font keep a reserved name."""
    names = font["name"]
    names.names = [r for r in names.names if r.nameID in (0, 13, 14) and (r.platformID, r.langID) == (3, 0x409)]
    for number, text in {1: family, 2: "Regular", 3: f"{postscript};zhanyitu", 4: family, 5: "Version 1.000", 6: postscript}.items():
        names.setName(text, number, 3, 1, 0x409)


def make(source, number, target, family, postscript):
    font = TTFont(source, fontNumber=-1 if number is None else number, recalcTimestamp=False)
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, glyph_names=False,
        name_IDs=[0, 13, 14], recalc_timestamp=False, legacy_kern=False, desubroutinize=True,
    )
    options.drop_tables += DROPPED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    if "CFF " in font:
        to_quadratic(font)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    rename(font, family, postscript)
    font.save(target)


if __name__ == "__main__":
    unpacked, out = Path(sys.argv[1]), Path(sys.argv[2])
    for path, number, family, stem in SOURCES:
        make(unpacked / path, number, out / f"{stem}.ttf", family, f"{family.replace(' ', '')}-Regular")
