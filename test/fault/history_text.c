#include "history_text.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/seeded.h"

static const struct str mark = STR_INIT("X-Power: ");

const char *history_address(int account)
{
    return account == 0 ? "accueil@beauval.example" : "finances@beauval.example";
}

member_row history_member(void)
{
    return (member_row){.id = 1, .name = STR("beauval"), .title = STR("Beauval"), .language = STR("fr"),
                        .kind = STR("commune"), .zone = STR("Europe/Paris"), .insee = STR(""), .siret = STR(""),
                        .desk = STR(""), .phone = STR(""), .hours = STR("")};
}

struct str history_text(struct arena *arena, int message)
{
    struct seeded seeded = {(uint64_t)message * 977 + 5};
    size_t size = 200 + seeded_below(&seeded, seeded_below(&seeded, 3) == 0 ? 40000 : 3000);
    if (seeded_below(&seeded, 40) == 0)
        size = 400 << 10;
    char *text = arena_alloc(arena, size + 200);
    if (text == NULL)
        abort();
    int head = snprintf(
        text, 200,
        "%s%d\r\nFrom: <a@outside.example>\r\nSubject: Message %d\r\nMessage-ID: <%d@power.example>\r\n\r\n",
        mark.at, message, message, message);
    size_t at = (size_t)head;
    while (at < (size_t)head + size)
        at += (size_t)snprintf(text + at, 60, "%016llx\r\n", (unsigned long long)seeded_next(&seeded));
    return (struct str){text, at};
}

int history_number(struct str text)
{
    size_t at = str_find(text, mark);
    return at == SIZE_MAX || at > 200 ? -1 : atoi(text.at + at + mark.len);
}

struct str history_key(struct arena *arena, int message)
{
    return str_format(arena, "2.%d.77", message);
}
