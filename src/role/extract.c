#include "role/extract.h"

#include "language/plain.h"
#include "language/token.h"

enum { WORDS_MAX = 4 << 20 };

/* The words of a text with one space around each. */
static void add_words(struct buf *out, struct str text)
{
    struct buf plain BUF_SCOPE = BUF_INIT(WORDS_MAX);
    struct str token;
    plain_write(&plain, text);
    struct str rest = buf_str(&plain);
    while (token_next(&rest, &token)) {
        buf_add_byte(out, ' ');
        buf_add(out, token);
    }
    buf_add_byte(out, ' ');
}

bool extract_stands_in(struct str text, struct str extract)
{
    struct buf all BUF_SCOPE = BUF_INIT(WORDS_MAX), part BUF_SCOPE = BUF_INIT(WORDS_MAX);
    add_words(&all, text);
    add_words(&part, extract);
    return str_find(buf_str(&all), buf_str(&part)) != SIZE_MAX;
}

bool extract_is_quoted(const struct quote *quotes, size_t count, struct str extract)
{
    struct buf all BUF_SCOPE = BUF_INIT(WORDS_MAX);
    size_t from = 0;
    for (size_t taken = 0; taken < count; taken++) {
        size_t next = count;
        for (size_t i = 0; i < count; i++)
            if (quotes[i].offset >= from && (next == count || quotes[i].offset < quotes[next].offset))
                next = i;
        if (next == count)
            break;
        buf_add(&all, quotes[next].text);
        buf_add_byte(&all, '\n');
        from = quotes[next].offset + 1;
    }
    return extract_stands_in(buf_str(&all), extract);
}

/* The first words of a text of words. */
static struct str first_words(struct str words, size_t count)
{
    size_t at = 0;
    while (at < words.len && count > 0) {
        at++;
        while (at < words.len && words.at[at] != ' ')
            at++;
        count--;
    }
    return at < words.len ? str_slice(words, 0, at + 1) : words;
}

bool extract_is_carried(struct str passage, struct str extract)
{
    struct buf one BUF_SCOPE = BUF_INIT(WORDS_MAX), two BUF_SCOPE = BUF_INIT(WORDS_MAX);
    add_words(&one, passage);
    add_words(&two, extract);
    bool is_longer = one.len > two.len;
    struct str shorter = buf_str(is_longer ? &two : &one), longer = buf_str(is_longer ? &one : &two);
    for (struct str rest = shorter; rest.len > 1; rest = str_after(rest, str_find_byte(str_after(rest, 1), ' ') + 1)) {
        struct str run = first_words(rest, EXTRACT_RUN);
        if (str_find(longer, run) != SIZE_MAX)
            return true;
        if (run.len == rest.len)
            break;
    }
    return false;
}
