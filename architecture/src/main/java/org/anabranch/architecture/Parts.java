// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.ingest.IngestBudget;
import org.anabranch.lake.Lake;
import org.anabranch.log.Log;
import org.anabranch.view.Clock;
import org.anabranch.view.Engine;

/**
 * What all streams of a pipeline share.
 *
 * @param log the log
 * @param lake the lake
 * @param engine folds rows
 * @param reference the slow engine that {@code verify} recomputes with
 * @param clock the time
 * @param supervisor runs the layers' steps
 * @param settings how the pipeline is operated
 * @param definitions reads stored statements
 * @param budgets how the heap is shared out
 * @param ingestBudget the memory of all requests that bring events
 */
record Parts(
    Log log,
    Lake lake,
    Engine engine,
    Engine reference,
    Clock clock,
    Supervisor supervisor,
    PipelineSettings settings,
    Definitions definitions,
    HeapBudgets budgets,
    IngestBudget ingestBudget) {}
