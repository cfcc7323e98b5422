// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.impl.ParseException;
import org.apache.calcite.sql.parser.impl.SimpleCharStream;
import org.apache.calcite.sql.parser.impl.SqlParserImpl;
import org.apache.calcite.sql.parser.impl.SqlParserImplConstants;
import org.apache.calcite.sql.parser.impl.SqlParserImplTokenManager;
import org.apache.calcite.sql.parser.impl.Token;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * Calcite's grammar over translated tokens. Every node's position is line 1 and, as column, the
 * offset in the script plus one; {@link #span} reads it back.
 */
final class Grammar {
  private static final Map<String, Integer> KINDS = kinds();

  private Grammar() {}

  /** The syntax tree of one query. */
  static SqlNode query(Translation translation, Problems problems) throws SyntaxException {
    SqlNode query = parse(translation, SqlParserImpl::parseSqlStmtEof);
    Precedence.check(query, translation, problems);
    return query;
  }

  /** The syntax tree of one expression. */
  static SqlNode expression(Translation translation, Problems problems) throws SyntaxException {
    SqlNode expression = parse(translation, SqlParserImpl::parseSqlExpressionEof);
    Precedence.check(expression, translation, problems);
    return expression;
  }

  /** Where a node stands; {@code otherwise} if the grammar does not say. */
  static Span span(SqlNode node, Span otherwise) {
    SqlParserPos position = node.getParserPosition();
    return position.getColumnNum() < 1
        ? otherwise
        : new Span(position.getColumnNum() - 1, position.getEndColumnNum());
  }

  @FunctionalInterface
  private interface Production {
    SqlNode parse(SqlParserImpl parser) throws Exception;
  }

  private static SqlNode parse(Translation translation, Production production)
      throws SyntaxException {
    SqlParserImpl parser = new SqlParserImpl(new Tokens(translation));
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setIdentifierMaxLength(Integer.MAX_VALUE);
    parser.setConformance(SqlConformanceEnum.BABEL);
    try {
      return production.parse(parser);
    } catch (ParseException e) {
      throw SyntaxAdvice.of(translation, unexpected(translation, e));
    } catch (CalciteContextException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      Refusals.Refusal refusal = Refusals.grammar(String.valueOf(reason.getMessage()));
      throw new SyntaxException(
          new Span(Math.max(e.getPosColumn() - 1, 0), e.getEndPosColumn()),
          refusal.message(),
          refusal.hint());
    } catch (StackOverflowError e) {
      throw new SyntaxException(translation.span(), "this is nested too deeply");
    } catch (Exception e) {
      // What Calcite throws from its productions is of any class.
      throw new SyntaxException(translation.span(), "cannot read this: " + e.getMessage());
    }
  }

  /** The index of the piece that the grammar did not expect; their number means the end. */
  private static int unexpected(Translation translation, ParseException e) {
    Token token = e.currentToken == null ? null : e.currentToken.next;
    List<Translation.Piece> pieces = translation.pieces();
    for (int i = 0; token != null && i < pieces.size(); i++) {
      if (pieces.get(i).span().start() == token.beginColumn - 1) {
        return i;
      }
    }
    return pieces.size();
  }

  private static Map<String, Integer> kinds() {
    Map<String, Integer> kinds = new HashMap<>();
    for (int kind = 0; kind < SqlParserImplConstants.tokenImage.length; kind++) {
      String image = SqlParserImplConstants.tokenImage[kind];
      if (image.length() > 2 && image.startsWith("\"")) {
        kinds.putIfAbsent(image.substring(1, image.length() - 1), kind);
      }
    }
    return Map.copyOf(kinds);
  }

  /** Hands translated tokens to the parser in place of its own lexer. */
  private static final class Tokens extends SqlParserImplTokenManager {
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(Translation translation) {
      super(new SimpleCharStream(new StringReader("")));
      translation.pieces().forEach(piece -> tokens.add(token(piece)));
    }

    private static Token token(Translation.Piece piece) {
      Token token = new Token();
      token.kind = kind(piece);
      token.image = piece.image();
      token.beginLine = 1;
      token.endLine = 1;
      token.beginColumn = piece.span().start() + 1;
      token.endColumn = piece.span().end();
      return token;
    }

    private static int kind(Translation.Piece piece) {
      if (piece.isName()) {
        return SqlParserImplConstants.IDENTIFIER;
      }
      return switch (piece.kind()) {
        case TEXT -> SqlParserImplConstants.QUOTED_STRING;
        case INTEGER -> SqlParserImplConstants.UNSIGNED_INTEGER_LITERAL;
        case DECIMAL -> SqlParserImplConstants.DECIMAL_NUMERIC_LITERAL;
        case APPROXIMATE -> SqlParserImplConstants.APPROX_NUMERIC_LITERAL;
        default ->
            KINDS.getOrDefault(
                piece.image().toUpperCase(Locale.ROOT), SqlParserImplConstants.IDENTIFIER);
      };
    }

    @Override
    public Token getNextToken() {
      if (next < tokens.size()) {
        return tokens.get(next++);
      }
      Token end = new Token();
      end.kind = SqlParserImplConstants.EOF;
      end.image = "";
      return end;
    }
  }
}
