#include "service/assistant/answer.h"

#include "base/utf8.h"
#include "core/web.h"
#include "language/source/quote.h"
#include "language/source/refusal.h"
#include "language/source/sentence.h"
#include "service/assistant/lang.h"
#include "service/assistant/shelf.h"

enum { OF_TOWN = 2 /* passages at most, where another document answers too */ };

/* One question over the shelf. */
struct asking {
    enum document_readers readers; /* of the library */
    const struct library *library;
    struct question question;
    struct search_result results[SEARCH_RESULTS_MAX];
    size_t count;
    struct search_result own[2], others[2]; /* the best of the town's own documents, and of all others */
    size_t own_count, other_count;
    size_t newest; /* slots of the newest question, where a document must have half of their weight; else 0 */
};

/* The town's own row of what was found: NOT_FOUND where it was taken back since. */
static enum status read_document(struct ctx *ctx, const struct asking *asking, uint32_t source,
                                 struct document_text *ret_text)
{
    int64_t number;
    TRY(str_to_i64(library_source(asking->library, source).id, &number));
    return document_quotable(ctx, number, asking->readers, ret_text);
}

/* ---- searching ---- */

static void part(struct asking *asking)
{
    for (size_t i = 0; i < asking->count; i++) {
        const struct search_result *result = &asking->results[i];
        bool is_own = shelf_is_own(asking->library, result->source);
        if (is_own && asking->own_count < 2)
            asking->own[asking->own_count++] = *result;
        if (!is_own && asking->other_count < 2)
            asking->others[asking->other_count++] = *result;
    }
}

static enum status search(struct ctx *ctx, struct asking *asking)
{
    struct search search = {.library = asking->library, .weights = &search_defaults, .excluded = LIBRARY_NONE};
    asking->own_count = asking->other_count = 0;
    TRY(search_run(ctx->arena, &search, &asking->question, asking->results, SEARCH_RESULTS_MAX, &asking->count));
    part(asking);
    return OK;
}

/* The words of the question before alone make no answer: what was asked now must be there too. */
static bool has_newest(const struct asking *asking, const struct search_result *result)
{
    float all = 0, met = 0;
    for (size_t i = 0; i < asking->newest; i++) {
        all += asking->question.slots[i].idf;
        met += (result->met >> i & 1) != 0 ? asking->question.slots[i].idf : 0;
    }
    return met * 2 >= all;
}

/* Does the best of the town's own documents answer? One of the State's that is as near does not speak against it: both
 * may be shown. */
static bool own_answers(const struct asking *asking)
{
    struct search_result rivals[2] = {asking->own[0]};
    if (asking->own_count == 0 || !has_newest(asking, &asking->own[0]))
        return false;
    rivals[1] = asking->other_count > 0 ? asking->others[0] : asking->own[1];
    size_t count = asking->other_count > 0 || asking->own_count > 1 ? 2 : 1;
    if (rivals[1].score > rivals[0].score)
        rivals[1].score = rivals[0].score;
    return !refusal_of(&refusal_weights_town, &asking->question, rivals, count);
}

static bool others_answer(const struct asking *asking)
{
    return asking->other_count > 0 && has_newest(asking, &asking->others[0]) &&
           !refusal_of(&refusal_weights_town, &asking->question, asking->others, asking->other_count);
}

/* ---- quoting ---- */

/* The block of the text as it is now in which a passage stands, whole; SIZE_MAX: the library is older than the text,
 * and nothing of it says this any more. */
static size_t block_of(const struct source *source, struct str passage)
{
    for (size_t block = 0; block < source->block_count; block++) {
        struct str text = source_block_text(source, block), sentence;
        while (source_is_quotable(source->blocks[block].kind) && sentence_next(&text, &sentence))
            if (str_eq(sentence, passage))
                return block;
    }
    return SIZE_MAX;
}

/* The best passages of a source that may be shown, the best first; none of one that was taken back since, and none that
 * its words no longer have. */
static enum status take(struct ctx *ctx, const struct asking *asking, uint32_t source, size_t most,
                        struct answer *answer)
{
    struct quote quotes[QUOTES_MAX];
    struct document_text text;
    struct source now;
    size_t count;
    enum status found = read_document(ctx, asking, source, &text);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    const struct licence *licence = licence_find(text.document.licence);
    TRY(source_of_text(ctx->arena, text.words, &now));
    TRY(quote_find(ctx->arena, asking->library, &asking->question, source, quotes, &count));
    for (size_t i = 0; i < count && most > 0; i++) {
        size_t block = block_of(&now, quotes[i].text);
        if (block == SIZE_MAX || (licence->show != LICENCE_WHOLE && quotes[i].text.len > LICENCE_QUOTE_MAX))
            continue;
        answer->passages[answer->count++] = (struct answer_passage){.document = text.document,
                                                                    .words = str_copy(ctx->arena, quotes[i].text),
                                                                    .line = (int64_t)block};
        most--;
    }
    return OK;
}

static enum status take_all(struct ctx *ctx, const struct asking *asking, struct answer *answer)
{
    bool is_own = own_answers(asking), is_other = others_answer(asking);
    if (is_own)
        TRY(take(ctx, asking, asking->own[0].source, is_other ? OF_TOWN : ANSWER_PASSAGES_MAX, answer));
    if (is_other)
        TRY(take(ctx, asking, asking->others[0].source, ANSWER_PASSAGES_MAX - answer->count, answer));
    return OK;
}

static enum status answer_one(struct ctx *ctx, struct asking *asking, struct answer *answer)
{
    answer->count = 0;
    TRY(search(ctx, asking));
    if (asking->count == 0)
        return OK;
    struct document_text near;
    enum status found = read_document(ctx, asking, asking->results[0].source, &near);
    if (found != OK && found != NOT_FOUND)
        return found;
    if (found == OK)
        answer->near = near.document;
    return take_all(ctx, asking, answer);
}

/* ---- what was asked before ---- */

static bool points_back(const struct question *question)
{
    static const struct str begins[] = {STR_INIT("et "), STR_INIT("mais "), STR_INIT("ca ")};
    static const struct str within[] = {STR_INIT(" ca "), STR_INIT(" cela "), STR_INIT(" celui-ci "),
                                        STR_INIT(" celle-ci "), STR_INIT(" dans ce cas ")};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (str_starts(question->plain, begins[i]))
            return true;
    for (size_t i = 0; i < sizeof within / sizeof within[0]; i++)
        if (str_find(question->plain, within[i]) != SIZE_MAX)
            return true;
    return false;
}

static bool says_little(const struct question *question)
{
    return question->asked_count < 2;
}

/* The question with the words of the one before that carry meaning. What is asked for (a sum, a day) is the newer
 * one's, where it says so. */
static enum status join(struct ctx *ctx, struct asking *asking, struct stemmer *stemmer,
                        const struct answer_asked *asked)
{
    struct question before;
    struct buf text BUF_SCOPE = BUF_INIT(QUESTION_TEXT_MAX);
    enum question_kind kind = asking->question.kind;
    TRY(question_read(ctx->arena, asking->library, stemmer, asked->about, &before));
    buf_add(&text, asked->question);
    for (size_t i = 0; i < before.asked_count && text.len + before.slots[i].text.len < QUESTION_TEXT_MAX; i++) {
        buf_add_byte(&text, ' ');
        buf_add(&text, before.slots[i].text);
    }
    TRY(question_read(ctx->arena, asking->library, stemmer, buf_str(&text), &asking->question));
    asking->question.kind = kind != QUESTION_OTHER ? kind : before.kind;
    return OK;
}

/* Alone first, unless it points back; with the words of the one before when that came to nothing. */
static enum status answer_both(struct ctx *ctx, struct asking *asking, struct stemmer *stemmer,
                               const struct answer_asked *asked, struct answer *answer)
{
    struct question alone = asking->question;
    struct answer joined = *answer;
    bool has_about = asked->about.len > 0, is_elliptic_one = points_back(&alone) || says_little(&alone);
    if (!has_about && points_back(&alone) && says_little(&alone))
        return OK; /* "et pour un enfant ?", to nothing */
    if (!has_about || !is_elliptic_one)
        TRY(answer_one(ctx, asking, answer));
    if (!has_about || answer->count > 0)
        return OK;
    TRY(join(ctx, asking, stemmer, asked));
    asking->newest = is_elliptic_one ? 0 : alone.asked_count;
    TRY(answer_one(ctx, asking, &joined));
    if (joined.count > 0) {
        *answer = joined;
        answer->is_about = true;
        return OK;
    }
    if (!is_elliptic_one || (points_back(&alone) && says_little(&alone)))
        return OK;
    asking->question = alone;
    return answer_one(ctx, asking, answer);
}

/* Over one library; nothing where it has no texts. BUSY: it does not stand yet. */
static enum status answer_over(struct ctx *ctx, enum document_readers readers, const struct answer_asked *asked,
                               struct answer *ret_answer)
{
    struct stemmer *stemmer;
    *ret_answer = (struct answer){.count = 0};
    const struct library *library = shelf_library(ctx, readers, &stemmer);
    if (library == NULL)
        return BUSY;
    struct asking *asking = arena_new(ctx->arena, struct asking);
    if (asking == NULL)
        return LIMIT;
    asking->readers = readers;
    asking->library = library;
    ret_answer->searched = (int64_t)library->source_count;
    TRY(question_read(ctx->arena, library, stemmer, asked->question, &asking->question));
    return answer_both(ctx, asking, stemmer, asked, ret_answer);
}

/* What is written for agents stands before what everybody may read. */
static void join_answers(const struct answer *agents, struct answer *answer)
{
    struct answer all = *agents;
    if (all.count > OF_TOWN && answer->count > 0)
        all.count = OF_TOWN;
    for (size_t i = 0; i < answer->count && all.count < ANSWER_PASSAGES_MAX; i++)
        all.passages[all.count++] = answer->passages[i];
    all.near = answer->near.id != 0 ? answer->near : all.near;
    all.searched += answer->searched;
    all.is_about |= answer->is_about;
    *answer = all;
}

struct answer_asked answer_asked_of(const struct web_request *request)
{
    return (struct answer_asked){.question = web_text(request, "q"), .about = web_text(request, "about")};
}

bool answer_is_short(struct str text)
{
    return text.len <= 4 * ANSWER_QUESTION_MAX && utf8_count(text) <= ANSWER_QUESTION_MAX;
}

enum status answer_find(struct ctx *ctx, const struct answer_asked *given, struct answer *ret_answer)
{
    struct answer agents;
    struct answer_asked asked = {.question = str_trim(given->question), .about = str_trim(given->about)};
    *ret_answer = (struct answer){.count = 0};
    if (asked.question.len == 0 || !answer_is_short(asked.question) || !answer_is_short(asked.about))
        return refuse(ctx, INVALID, "assistant.question", T_assistant_question_wrong);
    TRY(answer_over(ctx, DOCUMENT_PUBLIC, &asked, ret_answer));
    if (document_reader(ctx) == DOCUMENT_PUBLIC)
        return OK;
    TRY(answer_over(ctx, DOCUMENT_AGENTS, &asked, &agents));
    join_answers(&agents, ret_answer);
    return OK;
}
