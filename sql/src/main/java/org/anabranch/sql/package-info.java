// SPDX-License-Identifier: Apache-2.0
/**
 * From a script of SQL statements to the definitions of streams and views, or to all of its
 * problems. Start reading at {@link org.anabranch.sql.Script}.
 *
 * <p>The way of a statement: {@link org.anabranch.sql.Lexer} makes tokens, {@link
 * org.anabranch.sql.StreamReader} and {@link org.anabranch.sql.ViewReader} read statements, {@link
 * org.anabranch.sql.Translation} and {@link org.anabranch.sql.Grammar} hand queries and expressions
 * to Calcite's grammar, and {@link org.anabranch.sql.ExpressionBinder} gives its syntax tree names
 * and types. Calcite's validator, whose types are not PostgreSQL's, has no part in it.
 */
package org.anabranch.sql;
