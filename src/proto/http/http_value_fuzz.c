#include "base/buf.h"
#include "proto/http/http_value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One header's value, read in each of the ways: what is found lies within it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str offered[] = {STR_INIT("fr"), STR_INIT("en")};
    struct str header = {(const char *)data, size};
    struct buf value BUF_SCOPE = BUF_INIT(256);
    struct str cookie = http_value_cookie(header, "session"), media = http_value_media(header);
    if (!str_is_absent(cookie))
        REQUIRE(cookie.at >= header.at && cookie.at + cookie.len <= header.at + size);
    REQUIRE(media.len <= size);
    (void)http_value_language(header, offered, 2);
    enum status found = http_value_parameter(header, "boundary", &value);
    REQUIRE(found != OK || value.len <= size);
    return 0;
}
