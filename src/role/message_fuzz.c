/* A peer role that has been taken over: any kind, any bytes. What decodes encodes to the same bytes again. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "role/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint16_t kind;
    char message[1024];
    if (size < sizeof kind)
        return 0;
    memcpy(&kind, data, sizeof kind);
    kind %= MESSAGE_KIND_COUNT + 1;
    struct str payload = {(const char *)data + sizeof kind, size - sizeof kind};
    const struct shape *shape = message_shape(kind);
    if (shape != NULL && shape->size > sizeof message)
        abort();
    if (message_take(kind, payload, message) != OK)
        return 0;
    struct buf again BUF_SCOPE = BUF_INIT(CHANNEL_FRAME_MAX);
    shape_encode(&again, shape, message);
    if (buf_status(&again) == OK && !str_eq(buf_str(&again), payload))
        abort();
    return 0;
}
