/* Whatever comes in, what goes out is valid UTF-8 and holds no element or handler that runs. */
#include <stdlib.h>

#include "base/utf8.h"
#include "proto/html/sanitise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf out BUF_SCOPE = BUF_INIT(8 << 20);
    struct html html = {.out = &out};
    struct sanitise_options options = {.inline_path = STR("/i/"), .held_words = STR("Image")};
    struct sanitise_result result;
    enum status done = sanitise((struct str){(const char *)data, size}, &options, &html, &result);
    if (done != OK)
        return 0;
    struct str text = buf_str(&out);
    if (!utf8_is_valid(text) || str_find_nocase(text, STR("<script")) != SIZE_MAX ||
        str_find_nocase(text, STR("<style")) != SIZE_MAX || str_find_nocase(text, STR("<iframe")) != SIZE_MAX ||
        str_find_nocase(text, STR("=\"javascript:")) != SIZE_MAX)
        abort();
    return 0;
}
