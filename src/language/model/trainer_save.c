/* What a trainer saves: what it is of, where it stands, and its floats as they are; a checksum at the end. */
#include "language/model/checksum.h"
#include "language/model/trainer.h"

struct saved_head {
    char mark[8];
    uint64_t seed, stream_seed, stream_kind, steps, sequences, step;
    uint64_t vocabulary, width, layers, heads, hidden, context;
    float rate;
    float curve[TRAINER_CURVE_MAX];
    double loss;
    int64_t spent_ms;
};

static struct saved_head head_of(const struct trainer *trainer)
{
    const struct trainer_plan *plan = &trainer->plan;
    struct saved_head head;
    memset(&head, 0, sizeof head); /* gaps between fields too: these bytes are compared and summed */
    memcpy(head.mark, "PARVISt2", sizeof head.mark);
    head.seed = plan->seed;
    head.stream_seed = trainer->stream.seed;
    head.stream_kind = trainer->stream.kind;
    head.steps = plan->steps;
    head.sequences = plan->sequences;
    head.step = trainer->step;
    head.vocabulary = plan->size.vocabulary;
    head.width = plan->size.width;
    head.layers = plan->size.layers;
    head.heads = plan->size.heads;
    head.hidden = plan->size.hidden;
    head.context = plan->size.context;
    head.rate = plan->rate;
    memcpy(head.curve, trainer->curve, sizeof head.curve);
    head.loss = trainer->loss;
    head.spent_ms = trainer->spent_ms;
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
    own.step = head.step;
    own.loss = head.loss;
    own.spent_ms = head.spent_ms;
    memcpy(own.curve, head.curve, sizeof own.curve);
    if (memcmp(&own, &head, sizeof own) != 0 || saved.len != trainer_saved_size(trainer) || head.step > head.steps)
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
