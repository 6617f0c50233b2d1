#include "base/arena.h"
#include "base/utf8.h"
#include "proto/imap/imap_date.h"
#include "proto/imap/imap_fetch.h"
#include "proto/imap/imap_list.h"
#include "proto/imap/imap_select.h"
#include "proto/imap/imap_set.h"
#include "proto/imap/imap_utf7.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the grammars of single arguments make of a text. */
static void texts(struct str text, struct arena *arena)
{
    struct buf name BUF_SCOPE = BUF_INIT(8192);
    struct imap_set set;
    struct date date;
    struct instant instant;
    int32_t offset;
    if (imap_set_parse(text, arena, &set) == OK)
        REQUIRE(imap_set_next(&set, 0) != 0 || !imap_set_has(&set, 1));
    if (imap_utf7_decode(&name, text) == OK)
        REQUIRE(utf8_is_valid(buf_str(&name)));
    if (imap_date_parse(text, &date) != OK)
        (void)(imap_datetime_parse(text, &instant, &offset) == OK);
    (void)imap_list_matches(STR("a/"), text, STR("a/b/c"), '/');
    (void)imap_list_matches(STR(""), STR("%/*"), text, '/');
}

/* One line of arguments, given to FETCH, LIST, STATUS and SELECT. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct imap_limits limits = {
        .command_max = 8192, .token_max = 500, .depth_max = 64, .literal_max = 2000, .stream_above = 2000};
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    size_t length = size > 4096 ? 4096 : size;
    struct str line = str_format(arena, "a FETCH %.*s\r\n", (int)length, (const char *)data);
    struct imap_command command;
    struct imap_fetch fetch;
    struct imap_list list;
    struct imap_select select;
    unsigned items = 0;
    const char *why = NULL;
    texts((struct str){(const char *)data, length}, arena);
    if (imap_lex(line, &limits, arena, &command, &why) != OK)
        return 0;
    why = NULL;
    if (imap_fetch_parse(command.args, command.count, arena, &fetch, &why) == OK)
        (void)imap_fetch_marks_seen(&fetch);
    else
        REQUIRE(why != NULL);
    why = NULL;
    if (imap_list_parse(command.args, command.count, arena, &list, &why) != OK)
        REQUIRE(why != NULL);
    why = NULL;
    if (imap_select_parse(command.args, command.count, arena, &select, &why) != OK)
        REQUIRE(why != NULL);
    why = NULL;
    if (imap_status_parse(imap_arg_at(&command, 0), &items, &why) == OK)
        REQUIRE(items != 0);
    return 0;
}
