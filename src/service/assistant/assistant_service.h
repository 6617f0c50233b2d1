/* The assistant service as the house sees it. */
#ifndef SERVICE_ASSISTANT_ASSISTANT_SERVICE_H
#define SERVICE_ASSISTANT_ASSISTANT_SERVICE_H

#include "core/service.h"

extern const struct service assistant_service;

web_handler assistant_show, assistant_export, assistant_export_list, assistant_trace_show, assistant_trace_act;
web_handler assistant_refused_show, assistant_model_show, assistant_choose_show, assistant_decide_act;
web_handler assistant_end_act, assistant_desks_show, assistant_desk_add_act, assistant_desk_remove_act;

#endif
