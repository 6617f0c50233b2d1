/* What a compose may hold: no value can write a line of its own into the header (compose.h says the
 * rules). */
#ifndef PROTO_MIME_COMPOSE_CHECK_H
#define PROTO_MIME_COMPOSE_CHECK_H

#include "proto/mime/compose.h"

MUST_USE enum status compose_check(const struct compose *compose);

#endif
