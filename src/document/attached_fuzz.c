/* Any bytes as a PDF invoice: it ends, within the limits, and what comes out is text. */
#include "document/attached.h"

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct buf file BUF_SCOPE = BUF_INIT(WORDING_TEXT_MAX), name BUF_SCOPE = BUF_INIT(WORDING_TITLE_MAX);
    enum wording_end end = attached_invoice((struct str){(const char *)bytes, size}, &file, &name);
    REQUIRE(end < WORDING_ENDS);
    REQUIRE(end != WORDING_DONE || (utf8_is_valid(buf_str(&file)) && utf8_is_valid(buf_str(&name)) && name.len > 0));
    return 0;
}
