/* Any bytes are an address list; the deliverable ones of it are read back as they are written. */
#include "proto/mime/address.h"

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_writable(const struct address *address)
{
    struct str name = address->name;
    for (size_t i = 0; i < name.len; i++)
        if ((uint8_t)name.at[i] < ' ' || name.at[i] == 0x7F)
            return false;
    return address_is_deliverable(address) && utf8_is_valid(name);
}

static void check_round_trip(const struct address *address)
{
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    struct address_list list = {0};
    size_t column = 6;
    address_write(&out, address, 1, &column);
    REQUIRE(address_parse(arena, buf_str(&out), &list) == OK);
    REQUIRE(list.count == 1);
    REQUIRE(str_eq(list.at[0].mailbox, address->mailbox));
    REQUIRE(str_eq(list.at[0].host, address->host));
    REQUIRE(str_eq(address_name_text(arena, &list.at[0]), address->name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct address_list list = {0};
    bool is_in_group = false;
    if (address_parse(arena, (struct str){(const char *)data, size}, &list) != OK)
        return 0;
    for (size_t i = 0; i < list.count; i++) {
        struct address *address = &list.at[i];
        if (address_is_group_end(address)) {
            REQUIRE(is_in_group);
            is_in_group = false;
        } else if (address_is_group_start(address)) {
            REQUIRE(!is_in_group);
            is_in_group = true;
        } else {
            address->name = address_name_text(arena, address);
            if (is_writable(address) && size < 4000)
                check_round_trip(address);
        }
    }
    return 0;
}
