#include "service/accounting/book/book_word.h"

#include "base/utf8.h"
#include "service/accounting/book/book_word_sql.h"

enum { FOLDED_MAX = 4096, WORDS_OF_LABEL = 64 };

static bool is_of_word(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

static struct str next_word(struct str *rest)
{
    size_t from = 0, end;
    while (from < rest->len && !is_of_word(rest->at[from]))
        from++;
    for (end = from; end < rest->len && is_of_word(rest->at[end]);)
        end++;
    struct str word = str_slice(*rest, from, end);
    *rest = str_after(*rest, end);
    return utf8_prefix(word, BOOK_WORD_MAX);
}

enum status book_words(struct arena *arena, struct str text, size_t most, struct str **ret_words, size_t *ret_count)
{
    struct buf folded BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    struct str *words = arena_array(arena, struct str, most + 1);
    size_t count = 0;
    utf8_fold(&folded, text);
    struct str rest = str_copy(arena, buf_str(&folded));
    if (words == NULL || buf_status(&folded) != OK)
        return LIMIT;
    while (count < most) {
        struct str word = next_word(&rest);
        if (word.len == 0)
            break;
        words[count++] = word;
    }
    *ret_words = words;
    *ret_count = count;
    return OK;
}

enum status book_words_keep(struct ctx *ctx, uint64_t sequence, struct str label)
{
    struct str *words;
    size_t count;
    TRY(book_words(ctx->arena, label, WORDS_OF_LABEL, &words, &count));
    for (size_t i = 0; i < count; i++)
        TRY(sql_book_word_add(ctx->db, (struct sql_book_word_add){.word = words[i], .sequence = (int64_t)sequence}));
    return OK;
}

enum status book_words_forget(struct ctx *ctx)
{
    return sql_book_word_forget(ctx->db);
}

/* The first text after all that begin so: UTF-8 has no byte 0xFF. */
static struct str behind(struct arena *arena, struct str word)
{
    return str_format(arena, "%.*s\xF4\x8F\xBF\xBF", STR_ARG(word));
}

enum status book_words_find(struct ctx *ctx, struct str word, uint64_t **ret_sequences, size_t *ret_count)
{
    struct sql_book_word_range_row *rows;
    struct sql_book_word_range in = {.first = word, .behind = behind(ctx->arena, word)};
    TRY(sql_book_word_range(ctx->db, ctx->arena, in, &rows, ret_count));
    *ret_sequences = arena_array(ctx->arena, uint64_t, *ret_count + 1);
    if (*ret_sequences == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_sequences)[i] = (uint64_t)rows[i].sequence;
    return OK;
}
