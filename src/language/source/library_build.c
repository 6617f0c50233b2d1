#include <stdlib.h>

#include "language/plain.h"
#include "language/source/library_builder.h"
#include "language/source/words.h"
#include "language/stem.h"
#include "language/token.h"

enum {
    FIRST_ROOM = 1 << 16,
    COPY_LEN = 1 << 18,   /* bytes of a text that are copied in one step */
    STEP_LEN = 1 << 15,   /* bytes of a text whose words are added in one step */
    PIECE_LEN = 1 << 14,  /* of a block at a time */
    BLOCK_COST = 16,      /* a block costs as much as so many bytes */
};

const size_t library_record_sizes[LIBRARY_PARTS] = {
    [PART_STRINGS] = 1,
    [PART_SOURCES] = sizeof(struct library_source),
    [PART_BLOCKS] = sizeof(struct source_block),
    [PART_BLOCK_TOKENS] = sizeof(struct library_block),
    [PART_TOKENS] = sizeof(uint32_t),
    [PART_WORDS] = sizeof(struct library_word),
    [PART_POSTINGS] = sizeof(struct library_posting),
    [PART_STEMS] = sizeof(struct library_stem),
    [PART_MEMBERS] = sizeof(uint32_t),
    [PART_DELETES] = sizeof(struct library_delete),
};

uint32_t library_hash(struct str form)
{
    uint64_t hash = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < form.len; i++)
        hash = (hash ^ (unsigned char)form.at[i]) * 0xFF51AFD7ED558CCDu;
    return (uint32_t)(hash >> 32);
}

uint64_t library_sum_more(uint64_t sum, struct str bytes)
{
    uint64_t word;
    size_t at = 0;
    for (; at + sizeof word <= bytes.len; at += sizeof word) {
        memcpy(&word, bytes.at + at, sizeof word);
        sum = (sum ^ word) * 0x9FB21C651E98DF25u;
        sum ^= sum >> 29;
    }
    for (; at < bytes.len; at++)
        sum = (sum ^ (unsigned char)bytes.at[at]) * 0x9FB21C651E98DF25u;
    return sum;
}

uint64_t library_image_sum_of(struct library_head head, uint64_t rest)
{
    head.sum = 0;
    return library_sum_more(sizeof head, (struct str){(const char *)&head, sizeof head}) ^ rest;
}

uint64_t library_image_sum(struct library_head head, struct str image)
{
    struct str rest = str_after(image, sizeof head);
    return library_image_sum_of(head, library_sum_more(rest.len, rest));
}

struct library_builder *library_builder_create(void)
{
    struct library_builder *builder = calloc(1, sizeof *builder);
    REQUIRE(builder != NULL);
    builder->stemmer = stemmer_create();
    for (size_t i = 0; i < LIBRARY_PARTS; i++)
        builder->parts[i] = BUF_INIT(LIBRARY_PART_MAX);
    builder->raw_postings = BUF_INIT(2 * (size_t)LIBRARY_PART_MAX);
    builder->plain = BUF_INIT(3 * SOURCE_TEXT_MAX + 16);
    builder->word_room = FIRST_ROOM;
    builder->slot_count = 2 * FIRST_ROOM;
    builder->words = calloc(builder->word_room, sizeof *builder->words);
    builder->slots = calloc(builder->slot_count, sizeof *builder->slots);
    REQUIRE(builder->words != NULL && builder->slots != NULL);
    return builder;
}

void library_builder_destroy(struct library_builder *builder)
{
    if (builder == NULL)
        return;
    stemmer_destroy(builder->stemmer);
    for (size_t i = 0; i < LIBRARY_PARTS; i++)
        buf_finish(&builder->parts[i]);
    buf_finish(&builder->raw_postings);
    buf_finish(&builder->plain);
    free(builder->words);
    free(builder->slots);
    library_end_finish(&builder->end);
    free(builder);
}

/* ---- words ---- */

static void add_record(struct library_builder *builder, enum library_part part, const void *record)
{
    buf_add(&builder->parts[part], (struct str){record, library_record_sizes[part]});
}

static struct library_slice keep(struct library_builder *builder, struct str text)
{
    struct library_slice slice = {(uint32_t)builder->parts[PART_STRINGS].len, (uint32_t)text.len};
    buf_add(&builder->parts[PART_STRINGS], text);
    return slice;
}

static struct str kept_text(const struct library_builder *builder, struct library_slice slice)
{
    return str_slice(buf_str(&builder->parts[PART_STRINGS]), slice.from, (size_t)slice.from + slice.len);
}

static void grow_words(struct library_builder *builder)
{
    builder->word_room *= 2;
    builder->slot_count *= 2;
    builder->words = realloc(builder->words, builder->word_room * sizeof *builder->words);
    free(builder->slots);
    builder->slots = calloc(builder->slot_count, sizeof *builder->slots);
    REQUIRE(builder->words != NULL && builder->slots != NULL);
    for (size_t i = 0; i < builder->word_count; i++) {
        size_t slot = builder->words[i].hash & (builder->slot_count - 1);
        while (builder->slots[slot] != 0)
            slot = (slot + 1) & (builder->slot_count - 1);
        builder->slots[slot] = (uint32_t)i + 1;
    }
}

static uint32_t add_word(struct library_builder *builder, struct str word, uint32_t hash, size_t slot)
{
    uint32_t number = (uint32_t)builder->word_count++;
    struct str stem = stem_of(builder->stemmer, word);
    builder->words[number] = (struct raw_word){.text = keep(builder, word), .hash = hash,
                                               .is_empty = word_is_empty(word)};
    builder->words[number].stem = str_eq(stem, word) ? builder->words[number].text : keep(builder, stem);
    builder->slots[slot] = number + 1;
    if (builder->word_count == builder->word_room)
        grow_words(builder);
    return number;
}

static uint32_t word_number(struct library_builder *builder, struct str word)
{
    uint32_t hash = library_hash(word);
    size_t slot = hash & (builder->slot_count - 1);
    for (; builder->slots[slot] != 0; slot = (slot + 1) & (builder->slot_count - 1)) {
        uint32_t number = builder->slots[slot] - 1;
        if (builder->words[number].hash == hash && str_eq(kept_text(builder, builder->words[number].text), word))
            return number;
    }
    if (builder->word_count >= LIBRARY_WORDS_MAX) {
        builder->is_full = true;
        return 0;
    }
    return add_word(builder, word, hash, slot);
}

/* One more of a word in a field of the newest source. */
static void count_word(struct library_builder *builder, uint32_t number, uint32_t source, enum library_field field)
{
    struct raw_word *word = &builder->words[number];
    struct raw_posting *postings = (struct raw_posting *)builder->raw_postings.at;
    if (word->last == 0 || postings[word->last - 1].posting.source != source) {
        struct raw_posting fresh = {.word = number, .posting = {.source = source}};
        buf_add(&builder->raw_postings, (struct str){(const char *)&fresh, sizeof fresh});
        if (builder->raw_postings.is_over)
            return;
        postings = (struct raw_posting *)builder->raw_postings.at;
        word->last = (uint32_t)(builder->raw_postings.len / sizeof fresh);
        word->posting_count++;
    }
    uint8_t *count = &postings[word->last - 1].posting.counts[field];
    if (*count < UINT8_MAX)
        ++*count;
}

/* The words of a text go behind the other tokens. Returns how many. */
static uint32_t add_tokens(struct library_builder *builder, struct str text, uint32_t source, enum library_field field)
{
    struct str rest, token;
    uint32_t count = 0;
    buf_clear(&builder->plain);
    plain_write(&builder->plain, text);
    rest = buf_str(&builder->plain);
    while (token_next(&rest, &token)) {
        uint32_t number = word_number(builder, token);
        add_record(builder, PART_TOKENS, &number);
        count_word(builder, number, source, field);
        count++;
    }
    return count;
}

static uint32_t record_count(const struct library_builder *builder, enum library_part part)
{
    return (uint32_t)(builder->parts[part].len / library_record_sizes[part]);
}

static enum library_field field_of(uint8_t kind)
{
    return kind == SOURCE_HEADING ? LIBRARY_HEADING : kind == SOURCE_LEAD ? LIBRARY_LEAD : LIBRARY_BODY;
}

/* ---- sources ---- */

/* An end of words whatever stands on both sides: ASCII that is neither of a word nor an apostrophe. */
static bool is_border(char c)
{
    return (unsigned char)c < 0x80 && c != '\'' && !ascii_is_alpha(c) && !ascii_is_digit(c);
}

/* The first bytes of a text, up to a border: what is cut there has the words of the whole. */
static struct str piece_of(struct str text)
{
    size_t to = text.len < PIECE_LEN ? text.len : PIECE_LEN;
    while (to > 0 && to < text.len && !is_border(text.at[to - 1]))
        to--;
    for (to = to > 0 ? to : PIECE_LEN; to < text.len && !is_border(text.at[to - 1]);)
        to++;
    return str_slice(text, 0, to);
}

static void end_block(struct library_builder *builder, enum library_field field)
{
    struct library_adding *adding = &builder->adding;
    adding->record.field_len[field] += adding->tokens.token_count;
    add_record(builder, PART_BLOCK_TOKENS, &adding->tokens);
    adding->block++;
    adding->at = 0;
}

/* Words of one block, a piece of them where it is long. Returns the bytes looked at. */
static size_t add_piece(struct library_builder *builder)
{
    struct library_adding *adding = &builder->adding;
    const struct source_block *blocks = (const struct source_block *)builder->parts[PART_BLOCKS].at;
    struct source_block block = blocks[adding->record.block_from + adding->block];
    struct str text = kept_text(builder, adding->record.text), piece = STR("");
    if (adding->at == 0)
        adding->tokens = (struct library_block){.token_from = record_count(builder, PART_TOKENS)};
    /* References and places to ask are shown, and never looked for. */
    if (block.kind < SOURCE_REFERENCE)
        piece = piece_of(str_slice(text, block.from + adding->at, (size_t)block.from + block.len));
    adding->tokens.token_count += add_tokens(builder, piece, adding->number, field_of(block.kind));
    adding->at += piece.len;
    if (piece.len == 0 || adding->at == block.len)
        end_block(builder, field_of(block.kind));
    return piece.len;
}

static void copy_blocks(struct library_builder *builder)
{
    const struct library_adding *adding = &builder->adding;
    size_t size = adding->record.block_count * sizeof *adding->blocks;
    if (size > 0)
        buf_add(&builder->parts[PART_BLOCKS], (struct str){(const char *)adding->blocks, size});
}

enum status library_builder_add_begin(struct library_builder *builder, const struct source *source)
{
    uint32_t number = record_count(builder, PART_SOURCES);
    if (builder->adding.is_on)
        return CONFLICT;
    if (number == LIBRARY_SOURCES_MAX || source->text.len > SOURCE_TEXT_MAX || source->block_count > SOURCE_BLOCKS_MAX)
        return LIMIT;
    struct library_source record = {
        .id = keep(builder, source->id),
        .title = keep(builder, source->title),
        .theme = keep(builder, source->theme),
        .date = keep(builder, source->date),
        .url = keep(builder, source->url),
        .publisher = keep(builder, source->publisher),
        .licence = keep(builder, source->licence),
        .block_from = record_count(builder, PART_BLOCKS),
        .block_count = (uint32_t)source->block_count,
        .title_from = record_count(builder, PART_TOKENS),
    };
    record.text = (struct library_slice){(uint32_t)builder->parts[PART_STRINGS].len, (uint32_t)source->text.len};
    builder->adding = (struct library_adding){
        .text = source->text, .blocks = source->blocks, .record = record, .number = number, .is_on = true};
    return OK;
}

/* A part of the text; behind its end the blocks, and the words of what stands above it. False: there is more. */
static bool copy_text(struct library_builder *builder)
{
    struct library_adding *adding = &builder->adding;
    struct library_source *record = &adding->record;
    size_t left = adding->text.len - adding->copied, len = left < COPY_LEN ? left : COPY_LEN;
    buf_add(&builder->parts[PART_STRINGS], str_slice(adding->text, adding->copied, adding->copied + len));
    adding->copied += len;
    if (len < left)
        return false;
    copy_blocks(builder);
    record->title_count = add_tokens(builder, kept_text(builder, record->title), adding->number, LIBRARY_TITLE);
    record->field_len[LIBRARY_TITLE] = record->title_count;
    struct str theme = kept_text(builder, record->theme);
    record->field_len[LIBRARY_THEME] = add_tokens(builder, theme, adding->number, LIBRARY_THEME);
    adding->is_copied = true;
    return true;
}

enum status library_builder_add_step(struct library_builder *builder)
{
    struct library_adding *adding = &builder->adding;
    size_t looked = 0;
    if (!adding->is_on)
        return CONFLICT;
    if (!adding->is_copied && !copy_text(builder))
        return BUSY;
    if (builder->parts[PART_STRINGS].is_over || builder->parts[PART_BLOCKS].is_over)
        return LIMIT;
    for (; adding->block < adding->record.block_count && looked < STEP_LEN; looked += BLOCK_COST)
        looked += add_piece(builder);
    if (adding->block < adding->record.block_count)
        return BUSY;
    adding->is_on = false;
    add_record(builder, PART_SOURCES, &adding->record);
    return builder->is_full || builder->raw_postings.is_over || builder->parts[PART_STRINGS].is_over ? LIMIT : OK;
}

enum status library_builder_add(struct library_builder *builder, const struct source *source)
{
    enum status done;
    TRY(library_builder_add_begin(builder, source));
    while ((done = library_builder_add_step(builder)) == BUSY)
        ;
    return done;
}
