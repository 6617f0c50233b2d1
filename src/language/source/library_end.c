/* The end of a library in steps: words in the order of their bytes, postings by word, stems with their words, forms for
 * spelling; then the image. What a step does is counted, so that none holds a town longer than it may. */
#include <stdlib.h>

#include "language/source/library_builder.h"

enum {
    DELETE_LETTERS_MIN = 4,
    DELETE_LETTERS_MAX = 24,
    STEP_WORDS = 20000,
    STEP_POSTINGS = 100000,
    STEP_TOKENS = 400000,
    STEP_SPELLED = 4000,  /* words, each with as many forms as letters */
    STEP_BYTES = 2 << 20, /* of the image; a multiple of 8 */
};

struct order {
    struct str text;
    uint32_t number;
};

static void add_record(struct library_builder *builder, enum library_part part, const void *record)
{
    buf_add(&builder->parts[part], (struct str){record, library_record_sizes[part]});
}

static uint32_t record_count(const struct library_builder *builder, enum library_part part)
{
    return (uint32_t)(builder->parts[part].len / library_record_sizes[part]);
}

static struct str text_of(const struct library_builder *builder, struct library_slice slice)
{
    return str_slice(buf_str(&builder->parts[PART_STRINGS]), slice.from, (size_t)slice.from + slice.len);
}

/* How far a step that stands at end->at goes, of `count`. */
static size_t end_of_step(const struct library_end *end, size_t most, size_t count)
{
    return end->at + most < count ? end->at + most : count;
}

/* Each phase below does one step and returns true when it was its last; end->at is 0 at its first. */

/* ---- words ---- */

/* Of equal stems, what came first stands first. */
static int compare_order(const void *a, const void *b, void *with)
{
    const struct order *one = a, *other = b;
    int order = str_compare(one->text, other->text);
    (void)with;
    return order != 0 ? order : (one->number > other->number) - (one->number < other->number);
}

static bool gather(struct library_builder *builder, bool by_stem)
{
    struct library_end *end = &builder->end;
    if (end->at == 0) {
        end->order = calloc(builder->word_count + 1, sizeof *end->order);
        REQUIRE(end->order != NULL);
    }
    size_t to = end_of_step(end, STEP_WORDS, builder->word_count);
    for (; end->at < to; end->at++) {
        const struct raw_word *word = &builder->words[end->at];
        end->order[end->at] = (struct order){text_of(builder, by_stem ? word->stem : word->text), (uint32_t)end->at};
    }
    if (to < builder->word_count)
        return false;
    end->sorting = sorting_begin(end->order, builder->word_count, sizeof *end->order, compare_order, NULL);
    return true;
}

static bool gather_words(struct library_builder *builder)
{
    return gather(builder, false);
}

static bool gather_stems(struct library_builder *builder)
{
    return gather(builder, true);
}

static bool sort(struct library_builder *builder)
{
    return sorting_step(&builder->end.sorting) == OK;
}

static void drop_order(struct library_end *end)
{
    free(end->order);
    end->order = NULL;
}

static bool write_words(struct library_builder *builder)
{
    struct library_end *end = &builder->end;
    size_t to = end_of_step(end, STEP_WORDS, builder->word_count);
    for (; end->at < to; end->at++) {
        struct raw_word *raw = &builder->words[end->order[end->at].number];
        struct library_word word = {.text_from = raw->text.from, .text_len = (uint8_t)raw->text.len,
                                    .posting_from = end->posting, .posting_count = raw->posting_count,
                                    .is_empty = raw->is_empty};
        raw->final = (uint32_t)end->at;
        end->posting += raw->posting_count;
        add_record(builder, PART_WORDS, &word);
    }
    if (to < builder->word_count)
        return false;
    drop_order(end);
    return true;
}

static bool write_postings(struct library_builder *builder)
{
    struct library_end *end = &builder->end;
    struct library_word *words = (struct library_word *)builder->parts[PART_WORDS].at;
    const struct raw_posting *raw = (const struct raw_posting *)builder->raw_postings.at;
    size_t count = builder->raw_postings.len / sizeof *raw, to = end_of_step(end, STEP_POSTINGS, count);
    size_t size = count * sizeof(struct library_posting);
    char *at = buf_reserve(&builder->parts[PART_POSTINGS], size + 1);
    if (end->used == NULL)
        end->used = calloc(builder->word_count + 1, sizeof *end->used);
    REQUIRE(end->used != NULL);
    if (at == NULL)
        return true;
    struct library_posting *postings = (struct library_posting *)at;
    for (; end->at < to; end->at++) {
        uint32_t word = builder->words[raw[end->at].word].final;
        postings[words[word].posting_from + end->used[word]++] = raw[end->at].posting;
    }
    if (to < count)
        return false;
    buf_grew(&builder->parts[PART_POSTINGS], size);
    buf_finish(&builder->raw_postings);
    return true;
}

static bool renumber_tokens(struct library_builder *builder)
{
    struct library_end *end = &builder->end;
    uint32_t *tokens = (uint32_t *)builder->parts[PART_TOKENS].at;
    size_t count = record_count(builder, PART_TOKENS), to = end_of_step(end, STEP_TOKENS, count);
    for (; end->at < to; end->at++)
        tokens[end->at] = builder->words[tokens[end->at]].final;
    return to == count;
}

/* ---- stems ---- */

/* In how many sources any of some words stands; `seen` has, by source, one more than the newest stem. */
static uint32_t count_sources(struct library_builder *builder, const uint32_t *members, size_t count, uint32_t stem)
{
    const struct library_word *words = (const struct library_word *)builder->parts[PART_WORDS].at;
    const struct library_posting *postings = (const struct library_posting *)builder->parts[PART_POSTINGS].at;
    uint32_t sources = 0;
    for (size_t i = 0; i < count; i++)
        for (uint32_t p = 0; p < words[members[i]].posting_count; p++) {
            uint32_t *at = &builder->end.seen[postings[words[members[i]].posting_from + p].source];
            sources += *at != stem + 1;
            *at = stem + 1;
        }
    return sources;
}

/* The stem at end->at, with its words. Returns how many postings they have. */
static size_t write_stem(struct library_builder *builder)
{
    struct library_end *end = &builder->end;
    struct library_word *words = (struct library_word *)builder->parts[PART_WORDS].at;
    uint32_t number = record_count(builder, PART_STEMS), first = record_count(builder, PART_MEMBERS);
    struct library_slice name = builder->words[end->order[end->at].number].stem;
    struct library_stem stem = {.name_from = name.from, .name_len = name.len, .member_from = first};
    struct str text = end->order[end->at].text;
    size_t postings = 0;
    for (; end->at < builder->word_count && str_eq(end->order[end->at].text, text); end->at++, stem.member_count++) {
        uint32_t final = builder->words[end->order[end->at].number].final;
        add_record(builder, PART_MEMBERS, &final);
        words[final].stem = number;
        postings += words[final].posting_count;
    }
    const uint32_t *members = (const uint32_t *)builder->parts[PART_MEMBERS].at;
    if (!builder->parts[PART_MEMBERS].is_over)
        stem.source_count = count_sources(builder, members + first, stem.member_count, number);
    add_record(builder, PART_STEMS, &stem);
    return postings;
}

static bool write_stems(struct library_builder *builder)
{
    struct library_end *end = &builder->end;
    size_t to = end_of_step(end, STEP_WORDS, builder->word_count), postings = 0;
    if (end->seen == NULL)
        end->seen = calloc(LIBRARY_SOURCES_MAX, sizeof *end->seen);
    REQUIRE(end->seen != NULL);
    while (end->at < to && postings < STEP_POSTINGS)
        postings += write_stem(builder);
    if (end->at < builder->word_count)
        return false;
    drop_order(end);
    return true;
}

/* ---- spelling ---- */

static bool has_letters_alone(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return false;
    return word.len >= DELETE_LETTERS_MIN && word.len <= DELETE_LETTERS_MAX;
}

static int compare_delete(const void *a, const void *b, void *with)
{
    const struct library_delete *one = a, *two = b;
    (void)with;
    if (one->hash != two->hash)
        return one->hash < two->hash ? -1 : 1;
    return (one->word > two->word) - (one->word < two->word);
}

static void add_forms(struct library_builder *builder, struct str text, uint32_t word)
{
    char form[DELETE_LETTERS_MAX];
    struct library_delete whole = {library_hash(text), word};
    add_record(builder, PART_DELETES, &whole);
    for (size_t i = 0; i < text.len; i++) {
        memcpy(form, text.at, i);
        memcpy(form + i, text.at + i + 1, text.len - i - 1);
        struct library_delete less = {library_hash((struct str){form, text.len - 1}), word};
        add_record(builder, PART_DELETES, &less);
    }
}

static bool write_deletes(struct library_builder *builder)
{
    struct library_end *end = &builder->end;
    const struct library_word *words = (const struct library_word *)builder->parts[PART_WORDS].at;
    size_t to = end_of_step(end, STEP_SPELLED, builder->word_count);
    for (; end->at < to; end->at++) {
        struct str text = text_of(builder, (struct library_slice){words[end->at].text_from, words[end->at].text_len});
        /* What stands in one source alone may itself be a mistake. */
        if (has_letters_alone(text) && words[end->at].posting_count >= 2)
            add_forms(builder, text, (uint32_t)end->at);
    }
    if (to < builder->word_count)
        return false;
    end->sorting = sorting_begin(builder->parts[PART_DELETES].at, record_count(builder, PART_DELETES),
                                 sizeof(struct library_delete), compare_delete, NULL);
    return true;
}

/* ---- the image ---- */

static void add_means(const struct library_builder *builder, struct library_head *head)
{
    const struct library_source *sources = (const struct library_source *)builder->parts[PART_SOURCES].at;
    size_t count = record_count(builder, PART_SOURCES);
    for (size_t f = 0; f < LIBRARY_FIELDS; f++) {
        double sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += sources[i].field_len[f];
        head->mean_len[f] = count > 0 && sum > 0 ? (float)(sum / (double)count) : 1;
    }
}

static enum status lay_out(struct library_builder *builder, struct buf *image)
{
    struct library_head *head = &builder->end.head;
    *head = (struct library_head){.size = sizeof *head};
    memcpy(head->magic, LIBRARY_MAGIC, sizeof head->magic);
    add_means(builder, head);
    for (size_t i = 0; i < LIBRARY_PARTS; i++) {
        TRY(buf_status(&builder->parts[i]));
        head->parts[i].from = head->size;
        head->parts[i].count = builder->parts[i].len / library_record_sizes[i];
        head->size += (builder->parts[i].len + 7) / 8 * 8;
    }
    buf_clear(image);
    if (buf_reserve(image, head->size) == NULL)
        return LIMIT;
    buf_add(image, (struct str){(const char *)head, sizeof *head});
    return OK;
}

/* Some bytes of the part end->part, which is freed with the last. */
static bool copy(struct library_builder *builder, struct buf *image)
{
    static const char zeros[8];
    struct library_end *end = &builder->end;
    struct buf *part = &builder->parts[end->part];
    size_t to = end_of_step(end, STEP_BYTES, part->len);
    buf_add(image, str_slice(buf_str(part), end->at, to));
    end->at = to;
    if (to < part->len)
        return false;
    buf_add(image, (struct str){zeros, (8 - part->len % 8) % 8});
    buf_finish(part);
    end->at = 0;
    return ++end->part == LIBRARY_PARTS;
}

static bool sum(struct library_builder *builder, struct buf *image)
{
    struct library_end *end = &builder->end;
    struct str rest = str_after(buf_str(image), sizeof end->head);
    size_t to = end_of_step(end, STEP_BYTES, rest.len);
    if (end->at == 0)
        end->sum = rest.len;
    end->sum = library_sum_more(end->sum, str_slice(rest, end->at, to));
    end->at = to;
    if (to < rest.len)
        return false;
    end->head.sum = library_image_sum_of(end->head, end->sum);
    memcpy(image->at, &end->head, sizeof end->head);
    return true;
}

enum status library_builder_step(struct library_builder *builder, struct buf *image)
{
    static bool (*const phases[])(struct library_builder *) = {
        gather_words, sort,        write_words,   write_postings, renumber_tokens,
        gather_stems, sort,        write_stems,   write_deletes,  sort};
    enum { PHASES = sizeof phases / sizeof phases[0], LAY_OUT = PHASES, COPY, SUM, ENDED };
    struct library_end *end = &builder->end;
    bool is_phase_done = true;
    if (builder->adding.is_on)
        return CONFLICT;
    if (end->phase < PHASES)
        is_phase_done = phases[end->phase](builder);
    else if (end->phase == LAY_OUT)
        TRY(lay_out(builder, image));
    else if (end->phase == COPY)
        is_phase_done = copy(builder, image);
    else if (end->phase == SUM)
        is_phase_done = sum(builder, image);
    TRY(end->phase > LAY_OUT ? buf_status(image) : OK);
    if (is_phase_done) {
        end->phase++;
        end->at = 0;
    }
    return end->phase < ENDED ? BUSY : OK;
}

enum status library_builder_end(struct library_builder *builder, struct buf *image)
{
    enum status done = BUSY;
    while (done == BUSY)
        done = library_builder_step(builder, image);
    return done;
}

void library_end_finish(struct library_end *end)
{
    sorting_finish(&end->sorting);
    free(end->order);
    free(end->used);
    free(end->seen);
}
