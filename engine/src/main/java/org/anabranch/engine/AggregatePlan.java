// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.util.List;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.state.StateColumn;
import org.anabranch.view.Rows;

/** One aggregate of a fold: which rows, which arguments, whose states. */
final class AggregatePlan {
  private final StateColumn states;
  private final Condition filter;
  private final List<Argument> arguments;
  private final Values[] values;
  private final Selection scratch = new Selection();

  AggregatePlan(StateColumn states, Condition filter, List<Argument> arguments) {
    this.states = states;
    this.filter = filter;
    this.arguments = arguments;
    this.values = new Values[arguments.size()];
  }

  StateColumn states() {
    return states;
  }

  void add(int[] groups, Rows rows) {
    Selection selection = filter.matching();
    for (int i = 0; i < values.length; i++) {
      Argument argument = arguments.get(i);
      values[i] = argument.values();
      selection = i == 0 ? argument.present() : argument.presentIn(selection, scratch);
    }
    if (selection.count() > 0) {
      states.add(groups, selection, values, rows);
    }
  }
}
