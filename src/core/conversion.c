#include "core/conversion.h"

static const struct shape_field fields[] = {
    SHAPE_FIELD(conversion, end, SHAPE_INT, 0),
    SHAPE_FIELD(conversion, title, SHAPE_TEXT, WORDING_TITLE_MAX),
    SHAPE_FIELD(conversion, words, SHAPE_TEXT, WORDING_TEXT_MAX),
};
const struct shape conversion_shape = SHAPE_OF(conversion, fields);

static const struct shape_field sheet_fields[] = {
    SHAPE_FIELD(conversion_sheet, end, SHAPE_INT, 0),       SHAPE_FIELD(conversion_sheet, key, SHAPE_TEXT, 0),
    SHAPE_FIELD(conversion_sheet, title, SHAPE_TEXT, 0),    SHAPE_FIELD(conversion_sheet, authors, SHAPE_TEXT, 0),
    SHAPE_FIELD(conversion_sheet, publisher, SHAPE_TEXT, 0), SHAPE_FIELD(conversion_sheet, date, SHAPE_TEXT, 0),
    SHAPE_FIELD(conversion_sheet, link, SHAPE_TEXT, 0),     SHAPE_FIELD(conversion_sheet, audience, SHAPE_TEXT, 0),
    SHAPE_FIELD(conversion_sheet, words, SHAPE_TEXT, WORDING_TEXT_MAX),
};
const struct shape conversion_sheet_shape = SHAPE_OF(conversion_sheet, sheet_fields);
