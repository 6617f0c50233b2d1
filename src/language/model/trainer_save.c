/* What a trainer saves: what it is of, where it stands, and its floats as they are; a checksum at the end. */
#include "language/model/checksum.h"
#include "language/model/trainer.h"

enum { PLAN_NUMBERS = 12 };

struct saved_head {
    char mark[8];
    uint64_t plan[PLAN_NUMBERS]; /* of what training it is */
    uint64_t step;
    int64_t spent_ms;
    double loss;
    float curve[TRAINER_CURVE_MAX];
};

static struct saved_head head_of(const struct trainer *trainer)
{
    const struct trainer_plan *plan = &trainer->plan;
    const struct net_size *size = &plan->size;
    struct saved_head head = {
        .mark = "PARVISt", /* and its version, below */
        .plan = {plan->seed, plan->steps, plan->sequences, trainer->stream.seed, trainer->stream.kind,
                 size->vocabulary, size->width, size->layers, size->heads, size->hidden, size->context},
        .step = trainer->step, .spent_ms = trainer->spent_ms, .loss = trainer->loss};
    head.mark[sizeof head.mark - 1] = '3';
    memcpy(&head.plan[PLAN_NUMBERS - 1], &plan->rate, sizeof plan->rate);
    memcpy(head.curve, trainer->curve, sizeof head.curve);
    return head;
}

static struct str bytes_of(const float *at, size_t count)
{
    return (struct str){(const char *)at, count * sizeof *at};
}

size_t trainer_saved_size(const struct trainer *trainer)
{
    return sizeof(struct saved_head) + 3 * trainer->net.count * sizeof(float) + sizeof(uint64_t);
}

void trainer_save(const struct trainer *trainer, struct buf *out)
{
    struct saved_head head = head_of(trainer);
    size_t from = out->len, count = trainer->net.count;
    buf_add(out, (struct str){(const char *)&head, sizeof head});
    buf_add(out, bytes_of(trainer->net.weight, count));
    buf_add(out, bytes_of(trainer->first, count));
    buf_add(out, bytes_of(trainer->second, count));
    uint64_t sum = checksum(str_after(buf_str(out), from));
    buf_add(out, (struct str){(const char *)&sum, sizeof sum});
}

enum status trainer_resume(struct trainer *trainer, struct str saved)
{
    struct saved_head head, own = head_of(trainer);
    uint64_t sum;
    size_t bytes = trainer->net.count * sizeof(float);
    if (saved.len < sizeof head + sizeof sum || memcmp(saved.at, own.mark, sizeof own.mark) != 0)
        return CORRUPT;
    memcpy(&sum, saved.at + saved.len - sizeof sum, sizeof sum);
    if (sum != checksum(str_slice(saved, 0, saved.len - sizeof sum)))
        return CORRUPT;
    memcpy(&head, saved.at, sizeof head);
    if (memcmp(own.plan, head.plan, sizeof own.plan) != 0 || saved.len != trainer_saved_size(trainer) ||
        head.step > trainer->plan.steps)
        return CONFLICT;
    const char *at = saved.at + sizeof head;
    memcpy(trainer->net.weight, at, bytes);
    memcpy(trainer->first, at + bytes, bytes);
    memcpy(trainer->second, at + 2 * bytes, bytes);
    memcpy(trainer->curve, head.curve, sizeof head.curve);
    trainer->step = head.step;
    trainer->loss = head.loss;
    trainer->spent_ms = head.spent_ms;
    return OK;
}
