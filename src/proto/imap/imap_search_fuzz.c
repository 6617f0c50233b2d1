#include "base/arena.h"
#include "base/utf8.h"
#include "proto/imap/imap_date.h"
#include "proto/imap/imap_search.h"
#include "proto/imap/imap_sort.h"
#include "proto/imap/imap_thread.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(void *with, struct imap_search_key *key)
{
    size_t *count = with;
    (*count)++;
    REQUIRE(key->kind != IMAP_SEARCH_NOT || key->child_count == 1);
    REQUIRE(key->kind != IMAP_SEARCH_OR || key->child_count == 2);
    REQUIRE(key->kind <= IMAP_SEARCH_NOT || key->child_count == 0);
    REQUIRE(utf8_is_valid(key->text) && utf8_is_valid(key->name));
}

/* One line of arguments, given to SEARCH, SORT and THREAD. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct imap_limits limits = {
        .command_max = 8192, .token_max = 500, .depth_max = 64, .literal_max = 2000, .stream_above = 2000};
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct str line = str_format(arena, "a SEARCH %.*s\r\n", (int)(size > 4096 ? 4096 : size), (const char *)data);
    struct imap_command command;
    struct imap_search search;
    struct imap_sort sort;
    enum imap_thread_by by;
    const char *why = NULL;
    size_t count = 0;
    if (imap_lex(line, &limits, arena, &command, &why) != OK)
        return 0;
    why = NULL;
    if (imap_search_parse(command.args, command.count, arena, &search, &why) == OK)
        imap_search_each(search.root, check, &count);
    else
        REQUIRE(why != NULL);
    if (imap_sort_parse(command.args, command.count, arena, &sort, &why) == OK)
        REQUIRE(sort.count > 0 && sort.count <= IMAP_SORT_MAX);
    if (imap_thread_parse(command.args, command.count, arena, &by, &search, &why) == OK)
        imap_search_each(search.root, check, &count);
    return 0;
}
