#include "service/games/unsure.h"

static int bounded(int sure)
{
    return sure < 0 ? 0 : sure > UNSURE_SURE_MAX ? UNSURE_SURE_MAX : sure;
}

void unsure_count(const struct deck *deck, struct unsure *ret_unsure)
{
    *ret_unsure = (struct unsure){0};
    for (size_t i = 0; i < deck->count; i++) {
        const struct deck_card *card = &deck->cards[i];
        for (size_t field = 0; field < DECK_FIELDS; field++) {
            int sure = bounded(card->sure[field]);
            ret_unsure->right[field][sure] += card->is_true[field];
            ret_unsure->wrong[field][sure] += card->is_false[field];
            ret_unsure->right[UNSURE_ALL][sure] += card->is_true[field];
            ret_unsure->wrong[UNSURE_ALL][sure] += card->is_false[field];
        }
    }
}

struct unsure_sum unsure_at(const struct unsure *unsure, size_t part, int threshold)
{
    struct unsure_sum sum = {0};
    for (int sure = 0; sure <= UNSURE_SURE_MAX; sure++) {
        bool is_given = sure >= threshold;
        sum.given_right += is_given ? unsure->right[part][sure] : 0;
        sum.given_wrong += is_given ? unsure->wrong[part][sure] : 0;
        sum.silent_right += is_given ? 0 : unsure->right[part][sure];
        sum.silent_wrong += is_given ? 0 : unsure->wrong[part][sure];
    }
    return sum;
}

int64_t unsure_cost(struct unsure_sum sum, int64_t price)
{
    return sum.given_wrong * price + sum.silent_right + sum.silent_wrong;
}

int unsure_best(const struct unsure *unsure, int64_t price)
{
    int best = 0;
    for (int threshold = 1; threshold <= UNSURE_SURE_MAX; threshold++)
        if (unsure_cost(unsure_at(unsure, UNSURE_ALL, threshold), price) <
            unsure_cost(unsure_at(unsure, UNSURE_ALL, best), price))
            best = threshold;
    return best;
}

int64_t unsure_area(const struct unsure *unsure)
{
    double area = 0;
    int64_t all = 0, wrong = 0;
    for (int sure = UNSURE_SURE_MAX; sure >= 0; sure--) {
        int64_t here = unsure->right[UNSURE_ALL][sure] + unsure->wrong[UNSURE_ALL][sure];
        all += here;
        wrong += unsure->wrong[UNSURE_ALL][sure];
        area += here > 0 ? (double)here * (double)wrong / (double)all : 0;
    }
    return all > 0 ? (int64_t)(area * 1000 / (double)all + 0.5) : 0;
}

struct str unsure_said(const struct deck_card *card, enum deck_field field)
{
    struct str rest = card->said, said = str_cut(&rest, ',');
    for (size_t i = DECK_DEPARTMENT; i < field; i++)
        said = str_cut(&rest, ',');
    return str_trim(said);
}
