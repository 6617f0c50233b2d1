#include "core/conversion.h"

static const struct shape_field fields[] = {
    SHAPE_FIELD(conversion, end, SHAPE_INT, 0),
    SHAPE_FIELD(conversion, title, SHAPE_TEXT, WORDING_TITLE_MAX),
    SHAPE_FIELD(conversion, words, SHAPE_TEXT, WORDING_TEXT_MAX),
};
const struct shape conversion_shape = SHAPE_OF(conversion, fields);
