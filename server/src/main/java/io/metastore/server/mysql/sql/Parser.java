package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.dialect.mysql.parser.MySqlExprParser;
import com.alibaba.druid.sql.dialect.mysql.parser.MySqlStatementParser;
import com.alibaba.druid.sql.parser.ParserException;
import com.alibaba.druid.sql.parser.SQLExprParser;
import com.alibaba.druid.sql.parser.SQLParserFeature;
import com.alibaba.druid.sql.parser.Token;
import java.util.Locale;
import java.util.Set;

/// The library's parser, wrapped: it takes more than MySQL does and leaves some clauses behind
/// silently, so a statement with words that only such clauses have is refused before; what is left over
/// is an error; and its errors become MySQL's, with the place where it stopped.
final class Parser {
    /// Words of clauses that nothing here carries out. Quoted they are names.
    private static final Set<String> REFUSED = Set.of(
            "OVER",
            "WINDOW",
            "PARTITION",
            "ROLLUP",
            "CUBE",
            "OUTFILE",
            "DUMPFILE",
            "PROCEDURE",
            "LATERAL",
            "RECURSIVE",
            "QUALIFY",
            "PIVOT",
            "UNPIVOT",
            "TABLESAMPLE",
            "INTERSECT",
            "EXCEPT",
            "MINUS",
            "RETURNING",
            "CONNECT",
            "SOUNDS",
            "MATCH");

    private Parser() {}

    /// Parses a whole statement.
    static SQLStatement statement(String sql) {
        refuseClauses(sql);
        var parser = new MySqlStatementParser(sql, SQLParserFeature.KeepSelectListOriginalString);
        try {
            var statement = parser.parseStatement();
            if (parser.getLexer().token() != Token.EOF && parser.getLexer().token() != Token.SEMI) {
                throw SqlErrors.syntax(sql, start(parser.getExprParser()));
            }
            return statement;
        } catch (ParserException | IndexOutOfBoundsException | NumberFormatException e) {
            throw SqlErrors.syntax(sql, start(parser.getExprParser()));
        } catch (StackOverflowError e) {
            throw SqlErrors.syntax(sql, 0);
        } catch (RuntimeException e) {
            // Kinds of its own for what it half knows; ours are errors of syntax already.
            if (e instanceof io.metastore.server.mysql.packet.MysqlException) {
                throw e;
            }
            throw SqlErrors.syntax(sql, start(parser.getExprParser()));
        }
    }

    /// Parses an expression that stands alone.
    static SQLExpr expression(String sql) {
        refuseClauses(sql);
        var parser = new MySqlExprParser(sql);
        try {
            var expression = parser.expr();
            if (parser.getLexer().token() != Token.EOF) {
                throw SqlErrors.syntax(sql, start(parser));
            }
            return expression;
        } catch (ParserException | IndexOutOfBoundsException | NumberFormatException e) {
            throw SqlErrors.syntax(sql, start(parser));
        } catch (StackOverflowError e) {
            throw SqlErrors.syntax(sql, 0);
        }
    }

    private static void refuseClauses(String sql) {
        var words = Words.of(sql);
        while (!words.isAtEnd()) {
            var word = words.next();
            if (word.kind() == Words.Kind.NAME && REFUSED.contains(word.text().toUpperCase(Locale.ROOT))) {
                throw SqlErrors.notSupported(word.text().toUpperCase(Locale.ROOT));
            }
        }
    }

    /// Where the word begins at which the library stopped.
    private static int start(SQLExprParser parser) {
        var lexer = parser.getLexer();
        int end = Math.max(0, Math.min(lexer.pos(), lexer.text.length()));
        if (lexer.token() == Token.EOF) {
            return lexer.text.length();
        }
        int start = end;
        while (start > 0 && Character.isLetterOrDigit(lexer.text.charAt(start - 1))) {
            start--;
        }
        return start == end && start > 0 ? start - 1 : start;
    }
}
