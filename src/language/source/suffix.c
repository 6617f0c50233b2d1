#include "language/source/suffix.h"

#include <divsufsort.h>
#include <stdlib.h>

#include "base/buf.h"
#include "language/source/sorting.h"
#include "language/source/words.h"

enum { STEP_BYTES = 250000 }; /* looked through for words in one step */

struct suffix {
    struct buf text;
    struct buf starts; /* size_t of each text; SIZE_MAX once it is removed */
    struct buf ends;
    saidx_t *order;
    size_t count; /* of suffixes in the order */
    struct buf words; /* saidx_t: where words begin, while they are gathered and sorted */
    size_t gathered;  /* bytes looked through */
    struct sorting sorting;
    size_t longest;   /* of a string that the order tells */
};

struct suffix *suffix_create(void)
{
    struct suffix *suffix = calloc(1, sizeof *suffix);
    REQUIRE(suffix != NULL);
    suffix->text = BUF_INIT(SUFFIX_TEXT_MAX);
    suffix->starts = BUF_INIT(SUFFIX_TEXTS_MAX * sizeof(size_t));
    suffix->ends = BUF_INIT(SUFFIX_TEXTS_MAX * sizeof(size_t));
    suffix->words = BUF_INIT(SUFFIX_TEXT_MAX);
    suffix->longest = SIZE_MAX;
    return suffix;
}

void suffix_destroy(struct suffix *suffix)
{
    if (suffix == NULL)
        return;
    buf_finish(&suffix->text);
    buf_finish(&suffix->starts);
    buf_finish(&suffix->ends);
    sorting_finish(&suffix->sorting);
    buf_finish(&suffix->words);
    free(suffix->order);
    free(suffix);
}

/* Behind the others, with its end. Returns where that is. */
static size_t append(struct suffix *suffix, struct str text)
{
    size_t start = suffix->text.len, end = start + text.len;
    buf_add(&suffix->text, text);
    buf_add_byte(&suffix->text, 0);
    for (char *zero = memchr(suffix->text.at + start, 0, text.len); zero != NULL;
         zero = memchr(zero, 0, (size_t)(suffix->text.at + end - zero)))
        *zero = ' ';
    return end;
}

enum status suffix_add(struct suffix *suffix, struct str text)
{
    if (suffix->order != NULL || suffix->gathered > 0)
        return CONFLICT;
    if (text.len >= SUFFIX_TEXT_MAX - suffix->text.len ||
        suffix->starts.len / sizeof(size_t) == SUFFIX_TEXTS_MAX)
        return LIMIT;
    size_t start = suffix->text.len, end = append(suffix, text);
    buf_add(&suffix->starts, (struct str){(const char *)&start, sizeof start});
    buf_add(&suffix->ends, (struct str){(const char *)&end, sizeof end});
    return buf_status(&suffix->text);
}

enum status suffix_extend(struct suffix *suffix, struct str text)
{
    if (suffix->order != NULL || suffix->gathered > 0 || suffix->ends.len == 0)
        return CONFLICT;
    if (text.len >= SUFFIX_TEXT_MAX - suffix->text.len)
        return LIMIT;
    suffix->text.len--; /* its end, which moves */
    ((size_t *)suffix->ends.at)[suffix->ends.len / sizeof(size_t) - 1] = append(suffix, text);
    return buf_status(&suffix->text);
}

/* Suffixes that begin with 0 are the ends of texts: nobody looks for them, and they stand first. */
static void drop_ends(struct suffix *suffix)
{
    size_t ends = 0;
    while (ends < suffix->count && suffix->text.at[suffix->order[ends]] == 0)
        ends++;
    suffix->count -= ends;
    memmove(suffix->order, suffix->order + ends, suffix->count * sizeof *suffix->order);
}

static void drop_text(struct suffix *suffix, size_t start, size_t end)
{
    size_t kept = 0;
    for (size_t i = 0; i < suffix->count; i++) {
        size_t at = (size_t)suffix->order[i];
        if (at < start || at >= end)
            suffix->order[kept++] = suffix->order[i];
    }
    suffix->count = kept;
}

enum status suffix_sort(struct suffix *suffix)
{
    if (suffix->order != NULL || suffix->gathered > 0)
        return CONFLICT;
    size_t len = suffix->text.len;
    suffix->order = malloc((len + 1) * sizeof *suffix->order);
    REQUIRE(suffix->order != NULL);
    if (len > 0 && divsufsort((const sauchar_t *)suffix->text.at, suffix->order, (saidx_t)len) != 0)
        return OUTSIDE;
    suffix->count = len;
    drop_ends(suffix);
    return OK;
}

/* ---- words alone, in steps ---- */

static void gather_words(struct suffix *suffix)
{
    struct str text = buf_str(&suffix->text);
    size_t to = text.len - suffix->gathered < STEP_BYTES ? text.len : suffix->gathered + STEP_BYTES;
    for (; suffix->gathered < to; suffix->gathered++)
        if (word_has(text, suffix->gathered) && word_ends(text, suffix->gathered)) {
            saidx_t at = (saidx_t)suffix->gathered;
            buf_add(&suffix->words, (struct str){(const char *)&at, sizeof at});
        }
}

/* By SUFFIX_WORDS_LEN bytes, and of equal ones the earlier first. */
static int compare_words(const void *one, const void *other, void *with)
{
    const struct suffix *suffix = with;
    size_t a = (size_t)*(const saidx_t *)one, b = (size_t)*(const saidx_t *)other;
    size_t last = a > b ? a : b, left = suffix->text.len - last;
    int order = memcmp(suffix->text.at + a, suffix->text.at + b, left < SUFFIX_WORDS_LEN ? left : SUFFIX_WORDS_LEN);
    if (order != 0 || a == b)
        return order;
    if (left < SUFFIX_WORDS_LEN)
        return a > b ? -1 : 1; /* the later one ends within */
    return a < b ? -1 : 1;
}

enum status suffix_sort_words(struct suffix *suffix)
{
    if (suffix->order != NULL)
        return CONFLICT;
    if (suffix->gathered < suffix->text.len) {
        gather_words(suffix);
        TRY(buf_status(&suffix->words));
        if (suffix->gathered == suffix->text.len)
            suffix->sorting = sorting_begin(suffix->words.at, suffix->words.len / sizeof(saidx_t), sizeof(saidx_t),
                                            compare_words, suffix);
        return BUSY;
    }
    TRY(sorting_step(&suffix->sorting));
    suffix->longest = SUFFIX_WORDS_LEN;
    suffix->order = (saidx_t *)suffix->words.at;
    suffix->count = suffix->words.len / sizeof(saidx_t);
    suffix->words = BUF_INIT(0);
    if (suffix->order == NULL)
        suffix->order = malloc(sizeof *suffix->order); /* no word anywhere: sorted all the same */
    REQUIRE(suffix->order != NULL);
    return OK;
}

static const size_t *starts_of(const struct suffix *suffix, size_t *ret_count)
{
    *ret_count = suffix->starts.len / sizeof(size_t);
    return (const size_t *)suffix->starts.at;
}

/* The order of those that are left stays true: strings without 0 are compared up to the end of a text at most. */
enum status suffix_remove(struct suffix *suffix, size_t number)
{
    size_t count;
    const size_t *starts = starts_of(suffix, &count), *ends = (const size_t *)suffix->ends.at;
    if (suffix->order == NULL && suffix->gathered > 0)
        return BUSY;
    if (number >= count || ends[number] == SIZE_MAX)
        return NOT_FOUND;
    memset(suffix->text.at + starts[number], 0, ends[number] - starts[number]);
    drop_text(suffix, starts[number], ends[number]); /* nothing yet, before the sort */
    ((size_t *)suffix->ends.at)[number] = SIZE_MAX;
    return OK;
}

/* ---- looking ---- */

static struct str suffix_at(const struct suffix *suffix, size_t at)
{
    return str_after(buf_str(&suffix->text), (size_t)suffix->order[at]);
}

/* How many first bytes are the same, `from` of them known to be. */
static size_t same_bytes(struct str a, struct str b, size_t from)
{
    size_t most = a.len < b.len ? a.len : b.len;
    while (from < most && a.at[from] == b.at[from])
        from++;
    return from;
}

/* The first suffix that is not before `string`; with is_after, the first that does not begin with it and is behind.
 * What both ends of the search share with the string needs no second look (Manber and Myers 1993). */
static size_t bound(const struct suffix *suffix, struct str string, bool is_after)
{
    size_t low = 0, high = suffix->count, low_same = 0, high_same = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct str at = suffix_at(suffix, middle);
        size_t same = same_bytes(at, string, low_same < high_same ? low_same : high_same);
        bool is_before = is_after;
        if (same < string.len)
            is_before = same == at.len || (unsigned char)at.at[same] < (unsigned char)string.at[same];
        if (is_before) {
            low = middle + 1;
            low_same = same;
        } else {
            high = middle;
            high_same = same;
        }
    }
    return low;
}

struct suffix_range suffix_find(const struct suffix *suffix, struct str string)
{
    if (memchr(string.at, 0, string.len) != NULL || string.len > suffix->longest)
        return (struct suffix_range){0, 0};
    return (struct suffix_range){bound(suffix, string, false), bound(suffix, string, true)};
}

size_t suffix_longest(const struct suffix *suffix, struct str string)
{
    size_t zero = str_find_byte(string, 0);
    string = str_slice(string, 0, zero < suffix->longest ? zero : suffix->longest);
    size_t at = bound(suffix, string, false), longest = 0;
    if (at < suffix->count)
        longest = same_bytes(suffix_at(suffix, at), string, 0);
    if (at > 0) {
        size_t before = same_bytes(suffix_at(suffix, at - 1), string, 0);
        longest = before > longest ? before : longest;
    }
    return longest;
}

struct suffix_place suffix_place(const struct suffix *suffix, size_t at)
{
    size_t count, position = (size_t)suffix->order[at];
    const size_t *starts = starts_of(suffix, &count), *ends = (const size_t *)suffix->ends.at;
    size_t low = 0, high = count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (starts[middle] <= position)
            low = middle;
        else
            high = middle;
    }
    struct str text = str_slice(buf_str(&suffix->text), starts[low], ends[low]);
    size_t offset = position - starts[low];
    return (struct suffix_place){.text = low, .offset = offset, .before = str_slice(text, 0, offset),
                                 .from = str_after(text, offset)};
}

size_t suffix_size(const struct suffix *suffix)
{
    return suffix->text.len + suffix->count * sizeof *suffix->order + suffix->starts.len + suffix->ends.len;
}

/* ---- what comes next ---- */

enum { CONTEXT_MAX = 1000 };

/* The first suffix of a range whose byte at `depth` is `byte` or above. All suffixes of the range share `depth`
 * bytes. */
static size_t first_with(const struct suffix *suffix, struct suffix_range range, size_t depth, unsigned byte)
{
    size_t low = range.low, high = range.high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct str at = suffix_at(suffix, middle);
        if (at.len > depth && (unsigned char)at.at[depth] >= byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void suffix_next(const struct suffix *suffix, struct str context, struct suffix_next *ret_next)
{
    *ret_next = (struct suffix_next){0};
    if (context.len > CONTEXT_MAX)
        context = str_after(context, context.len - CONTEXT_MAX);
    /* What begins later in the context is found wherever what begins earlier is: so the border is searched. */
    size_t low = 0, high = context.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct suffix_range range = suffix_find(suffix, str_after(context, middle));
        if (range.high > range.low)
            high = middle;
        else
            low = middle + 1;
    }
    struct suffix_range range = {0, suffix->count};
    if (low < context.len)
        range = suffix_find(suffix, str_after(context, low));
    ret_next->matched = context.len - low;
    ret_next->total = range.high - range.low;
    size_t from = range.low;
    for (unsigned byte = 0; byte < 256 && from < range.high; byte++) {
        struct suffix_range left = {from, range.high};
        size_t end = byte == 255 ? range.high : first_with(suffix, left, ret_next->matched, byte + 1);
        ret_next->counts[byte] = end - from;
        from = end;
    }
}
