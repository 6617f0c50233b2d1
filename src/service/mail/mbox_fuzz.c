/* Any file has messages or is refused; a message that is written and read again is the same but for its line ends. */
#include "service/mail/mbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_again(struct instant at, struct str message)
{
    struct buf file BUF_SCOPE = BUF_INIT(8 << 20), again BUF_SCOPE = BUF_INIT(8 << 20);
    struct mbox_entry entry;
    mbox_write(&file, at, message);
    struct str rest = buf_str(&file);
    if (file.is_over || str_find(message, STR("\r\r\n")) != SIZE_MAX)
        return;
    REQUIRE(mbox_next(&rest, &entry) == OK && rest.len == 0);
    REQUIRE(mbox_unquote(&again, entry.lines) == OK && str_eq(buf_str(&again), message));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size};
    struct mbox_entry entry;
    struct instant at = {0};
    while (mbox_next(&rest, &entry) == OK) {
        struct buf message BUF_SCOPE = BUF_INIT(8 << 20);
        if (mbox_received(entry.from, &at) != OK || at.ms < 0)
            at.ms = 0;
        if (mbox_unquote(&message, entry.lines) == OK)
            check_again(at, buf_str(&message));
    }
    return 0;
}
