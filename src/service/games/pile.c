#include "service/games/pile.h"

#include "language/source/sentence.h"

enum { ENOUGH = 8 << 20, MOST = 2 * ENOUGH };
enum { WINDOW = 32 << 10, PASSAGES_MAX = 400, PASSAGE_MIN = 50, PASSAGE_MAX = 300, READS_MAX = 12 };

static size_t add_passages(struct str line, int64_t number, struct pile_passage *passages, size_t count)
{
    struct str rest = line, sentence;
    bool is_heading = document_heading(rest) > 0;
    rest = str_starts(rest, STR("- ")) ? str_after(rest, 2) : rest;
    while (!is_heading && count < PASSAGES_MAX && sentence_next(&rest, &sentence))
        if (sentence.len >= PASSAGE_MIN && sentence.len <= PASSAGE_MAX && str_ends(sentence, STR(".")))
            passages[count++] = (struct pile_passage){sentence, number};
    return count;
}

/* Of the lines from the one that has the byte `from` on, as many as the window holds. */
static void find_passages(struct pile_document *drawn, size_t from)
{
    struct str words = drawn->text.words;
    size_t at = 0;
    for (int64_t number = 0; at < words.len && at < from + WINDOW && drawn->count < PASSAGES_MAX;) {
        struct str rest = str_after(words, at);
        size_t len = str_find_byte(rest, '\n');
        struct str line = str_slice(rest, 0, len == SIZE_MAX ? rest.len : len);
        at += line.len + 1;
        struct str shown = str_trim(line);
        if (shown.len > 0 && at > from)
            drawn->count = add_passages(str_slice(shown, 0, WINDOW), number, drawn->passages, drawn->count);
        number += shown.len > 0;
    }
}

static bool is_drawn(const struct pile *pile, int64_t id)
{
    for (size_t i = 0; i < pile->count; i++)
        if (pile->documents[i].text.document.id == id)
            return true;
    return false;
}

/* Of the documents that may be quoted, the next after a number; kept, where it is new and has passages. */
static enum status read_document(struct pile *pile, int64_t after)
{
    struct pile_document *drawn = &pile->documents[pile->count];
    enum status done = document_next(&pile->reading, DOCUMENT_PUBLIC, after, &drawn->text);
    if (done == NOT_FOUND)
        done = document_next(&pile->reading, DOCUMENT_PUBLIC, 0, &drawn->text);
    TRY(done);
    struct str words = drawn->text.words;
    pile->bytes += words.len;
    drawn->count = 0;
    drawn->passages = arena_array(pile->reading.arena, struct pile_passage, PASSAGES_MAX);
    if (drawn->passages == NULL)
        return LIMIT;
    find_passages(drawn, words.len > WINDOW ? seeded_below(&pile->seeded, words.len - WINDOW) : 0);
    if (drawn->count == 0)
        find_passages(drawn, 0);
    if (drawn->count > 0 && !is_drawn(pile, drawn->text.document.id))
        pile->count++;
    return OK;
}

/* From all parts of the library; ids are given one after the other and never taken back. */
enum status pile_read(struct pile *pile, int64_t ids)
{
    int64_t stride = ids > PILE_DOCUMENTS_MAX ? ids / PILE_DOCUMENTS_MAX : 1;
    int64_t start = (int64_t)seeded_below(&pile->seeded, (uint64_t)ids);
    for (int tries = 0; tries < READS_MAX && tries < ids && pile->count < PILE_DOCUMENTS_MAX; tries++) {
        if (pile->bytes >= (pile->count < 2 ? MOST : ENOUGH))
            break;
        int64_t more = (int64_t)seeded_below(&pile->seeded, (uint64_t)stride);
        TRY(read_document(pile, (start + tries * stride + more) % ids));
    }
    return pile->count > 0 ? OK : NOT_FOUND;
}

const struct pile_document *pile_draw(struct pile *pile)
{
    return &pile->documents[seeded_below(&pile->seeded, pile->count)];
}

const struct pile_passage *pile_passage(struct pile *pile, const struct pile_document *drawn)
{
    return &drawn->passages[seeded_below(&pile->seeded, drawn->count)];
}
