/* Whatever is read comes back the same when it is written again. */
#include "proto/imap/imap_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(IMAP_COMMAND_ARENA);
    struct imap_limits limits = imap_limits_after_login(50 << 20);
    struct imap_command command;
    struct str bytes = {(const char *)data, size};
    if (imap_wire_read(bytes, &limits, arena, &command) != OK)
        return 0;
    struct buf again BUF_SCOPE = BUF_INIT(limits.command_max);
    imap_wire_write(&again, &command);
    REQUIRE(str_eq(buf_str(&again), bytes));
    return 0;
}
