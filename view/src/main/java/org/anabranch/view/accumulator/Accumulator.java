// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/**
 * An aggregate: what its state starts as, how a row is added, how two states merge, what is
 * presented. With {@code fold(rows)} for adding rows to zero one by one:
 *
 * <ul>
 *   <li>{@code merge(fold(a), fold(b)) = fold(a + b)} for all rows a and b, in any order: merging
 *       is associative and commutative, and zero changes nothing;
 *   <li>equal states have equal bytes: {@code encode(fold(a)) = encode(fold(b))} whenever b is a
 *       permutation of a, on every JDK;
 *   <li>{@code decode(encode(s))} is s; the bytes say themselves where they end;
 *   <li>state cannot overflow; only presenting may.
 * </ul>
 *
 * @param <S> the state; {@link #add} and {@link #merge} may change and return their first argument,
 *     which is theirs from then on, and never change another
 */
public interface Accumulator<S> {
  /** The state of no rows. */
  S zero();

  /**
   * The state with one more row.
   *
   * @param arguments the aggregate's arguments for this row as Java objects; what nulls mean is the
   *     aggregate's own affair
   * @param row which row it is, for aggregates that need an order
   */
  S add(S state, Object[] arguments, RowId row);

  /** The state of both sets of rows, which share none. */
  S merge(S left, S right);

  /**
   * The aggregate's value as a Java object of its type, or null.
   *
   * @throws PresentException if the value does not fit the type
   */
  Object present(S state) throws PresentException;

  void encode(S state, StateWriter out);

  S decode(StateReader in);
}
