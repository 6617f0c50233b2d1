/* Any bytes are a header: its fields are slices in order, and each value can be read in every
 * way. */
#include "proto/mime/header.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "proto/mime/mail_date.h"
#include "proto/mime/message_id.h"
#include "proto/mime/parameter.h"
#include "proto/mime/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_value(struct arena *arena, struct str value)
{
    struct parameter_list list;
    struct mail_date date;
    struct str text = header_text(arena, value), rest = value;
    REQUIRE(str_is_absent(text) || utf8_is_valid(text));
    parameter_token(&rest);
    if (parameter_parse(arena, rest, &list) == OK)
        for (size_t i = 0; i < list.count; i++)
            parameter_text(arena, &list, list.at[i].name);
    if (mail_date_parse(value, &date) == OK) {
        struct buf out BUF_SCOPE = BUF_INIT(100);
        struct mail_date again;
        mail_date_write(&out, date);
        REQUIRE(mail_date_parse(buf_str(&out), &again) == OK);
        REQUIRE(again.instant.ms == date.instant.ms ||
                civil_of(date.instant, date.offset_minutes).year > 9999);
    }
}

/* What is written as encoded words is read as it was. */
static void write_words(struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20), back BUF_SCOPE = BUF_INIT(1 << 20);
    size_t column = 10;
    words_encode(&out, text, false, &column);
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    words_decode(&back, header_unfold(arena, buf_str(&out)));
    REQUIRE(str_eq(buf_str(&back), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct str rest = {(const char *)data, size};
    struct header_field field;
    struct thread_facts facts;
    size_t length = header_length(rest);
    REQUIRE(length <= size);
    while (header_next(&rest, &field)) {
        REQUIRE(field.name.len > 0 && field.whole.len > field.name.len);
        REQUIRE(field.whole.at + field.whole.len <= (const char *)data + length);
        read_value(arena, field.value);
    }
    if (thread_facts_of(arena, (struct str){(const char *)data, size}, &facts) == OK)
        REQUIRE(facts.references.count <= MESSAGE_IDS_MAX);
    struct str text = {(const char *)data, size < 2000 ? size : 2000};
    bool has_line_end =
        str_find_byte(text, '\r') != SIZE_MAX || str_find_byte(text, '\n') != SIZE_MAX;
    if (utf8_is_valid(text) && !has_line_end && str_find_byte(text, '\0') == SIZE_MAX)
        write_words(text);
    return 0;
}
