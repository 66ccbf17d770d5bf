package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import com.alibaba.druid.sql.ast.statement.SQLReplaceStatement;
import com.alibaba.druid.sql.ast.statement.SQLSelectStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlDeleteStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlInsertStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlUpdateStatement;
import io.metastore.server.mysql.packet.MysqlException;
import java.util.List;
import java.util.Optional;

/// Carries out one statement, by its first word.
final class Statements {
    private final Session session;
    private final String statement;
    private final Words words;

    Statements(Session session, String statement, Words words) {
        this.session = session;
        this.statement = statement;
        this.words = words;
    }

    Result run() {
        return switch (words.first()) {
            case "SELECT", "WITH", "(" -> rows(query(session.reads()));
            case "INSERT", "REPLACE", "UPDATE", "DELETE" -> change();
            case "SHOW" -> rows(shows().show());
            case "DESC", "DESCRIBE", "EXPLAIN" -> explain();
            default -> new Administration(session, statement, words).run();
        };
    }

    /// The columns of what it gives.
    List<Column> shape() {
        return switch (words.first()) {
            case "SELECT", "WITH", "(" -> query(session.reads()).columns();
            case "SHOW" -> shows().show().columns();
            case "DESC", "DESCRIBE", "EXPLAIN" ->
                explain() instanceof Result.Rows(var columns, var _) ? columns : List.of();
            case "PREPARE", "EXECUTE", "DEALLOCATE" ->
                throw new MysqlException(
                        1295, "HY000", "This command is not supported in the prepared statement protocol yet");
            default -> List.of();
        };
    }

    static Result rows(Plan plan) {
        return new Result.Rows(plan.columns(), plan.rows().get());
    }

    static Result rows(Fixed table) {
        return new Result.Rows(table.columns(), table.rows().iterator());
    }

    private Plan query(Reads reads) {
        return query(statement, reads);
    }

    private Plan query(String sql, Reads reads) {
        if (!(Parser.statement(sql) instanceof SQLSelectStatement select)) {
            throw SqlErrors.unknownStatement(sql);
        }
        return new Queries(session.environment(reads), reads, Titles.of(sql)).bind(select.getSelect());
    }

    private Result change() {
        var parsed = Parser.statement(withoutNewAlias(statement));
        return switch (parsed) {
            case MySqlInsertStatement insert -> insert(insert);
            case SQLReplaceStatement replace -> replace(replace);
            case MySqlUpdateStatement update -> update(update);
            case MySqlDeleteStatement delete -> delete(delete);
            default -> throw SqlErrors.unknownStatement(statement);
        };
    }

    /// `VALUES (…) AS new ON DUPLICATE KEY UPDATE a = new.a` as the parser knows it: with the name of
    /// the new row that `VALUES(a)` has here.
    private static String withoutNewAlias(String sql) {
        var match = java.util.regex.Pattern.compile(
                        "(?is)\\)\\s+AS\\s+`?(\\w+)`?\\s+(ON\\s+DUPLICATE\\s+KEY\\s+UPDATE\\s)(.*)$")
                .matcher(sql);
        if (!match.find()) {
            return sql;
        }
        var updates = match.group(3).replaceAll("(?i)`?\\b" + match.group(1) + "`?\\s*\\.\\s*(`?\\w+`?)", "VALUES($1)");
        return sql.substring(0, match.start()) + ") " + match.group(2) + updates;
    }

    private Tables table(SQLExpr name) {
        var database = Names.qualifier(name).or(session::database).orElseThrow(SqlErrors::noDatabase);
        if (database.equalsIgnoreCase("information_schema")) {
            throw new MysqlException(
                    1044,
                    "42000",
                    "Access denied for user '" + session.who().user() + "'@'%' to database 'information_schema'");
        }
        if (!database.equalsIgnoreCase(Tables.DATABASE)) {
            throw SqlErrors.unknownDatabase(database);
        }
        return Tables.find(Names.last(name)).orElseThrow(() -> SqlErrors.unknownTable(database, Names.last(name)));
    }

    private Writes writes(Tables table, Transaction transaction, boolean ignore) {
        session.warnings().clear();
        return new Writes(table, transaction, session.warnings(), ignore);
    }

    private Binder blind(Environment environment) {
        return new Binder(environment, Scope.of(List.of(), "field list"), Optional.empty());
    }

    private Result insert(MySqlInsertStatement insert) {
        if (insert.getWith() != null || insert.isUpsert() || insert.isOverwrite() || insert.isIfNotExists()) {
            throw SqlErrors.notSupported("INSERT with these clauses");
        }
        if (insert.getQuery() == null && insert.getValuesList().isEmpty()) {
            // The parser takes it, MySQL does not.
            throw SqlErrors.syntax(statement, statement.length());
        }
        var table = table(insert.getTableSource().getExpr());
        boolean selfChecking = insert.getQuery() == null
                && !insert.isIgnore()
                && insert.getDuplicateKeyUpdate().isEmpty();
        return counted(session.work().change(selfChecking, transaction -> {
            var reads = session.reads(transaction);
            var environment = session.environment(reads);
            var origin = insert.getQuery() == null
                    ? new Inserts.Origin.Written(insert.getValuesList())
                    : new Inserts.Origin.Selected(new Queries(environment, reads, List.of()).bind(insert.getQuery()));
            return new Inserts(
                            blind(environment),
                            writes(table, transaction, insert.isIgnore()),
                            session.who().countsFound() ? Inserts.Kind.INSERT_COUNTING_FOUND : Inserts.Kind.INSERT,
                            insert.getDuplicateKeyUpdate())
                    .run(insert.getColumns(), origin);
        }));
    }

    private Result replace(SQLReplaceStatement replace) {
        var table = table(replace.getTableName());
        boolean written = replace.getQuery() == null;
        return counted(session.work().change(written, transaction -> {
            var reads = session.reads(transaction);
            var environment = session.environment(reads);
            var origin = written
                    ? new Inserts.Origin.Written(replace.getValuesList())
                    : new Inserts.Origin.Selected(new Queries(environment, reads, List.of())
                            .bind(replace.getQuery().getSubQuery()));
            return new Inserts(blind(environment), writes(table, transaction, false), Inserts.Kind.REPLACE, List.of())
                    .run(replace.getColumns(), origin);
        }));
    }

    private long limit(Queries queries, com.alibaba.druid.sql.ast.@org.jspecify.annotations.Nullable SQLLimit limit) {
        if (limit == null) {
            return Long.MAX_VALUE;
        }
        if (limit.getOffset() != null) {
            throw SqlErrors.syntax(
                    statement, statement.toUpperCase(java.util.Locale.ROOT).lastIndexOf("LIMIT"));
        }
        return queries.bounds(limit).count();
    }

    private static SQLExprTableSource single(com.alibaba.druid.sql.ast.statement.SQLTableSource source) {
        if (source instanceof SQLExprTableSource table && table.getPartitionSize() == 0) {
            return table;
        }
        throw SqlErrors.notSupported("more than one table");
    }

    private Result update(MySqlUpdateStatement update) {
        if (update.getFrom() != null
                || update.getWith() != null
                || update.getTargetAffectRow() != null
                || !update.getReturning().isEmpty()) {
            throw SqlErrors.notSupported("UPDATE with these clauses");
        }
        var source = single(update.getTableSource());
        var table = table(source.getExpr());
        return counted(session.work().change(false, transaction -> {
            var reads = session.reads(transaction);
            var environment = session.environment(reads);
            var where = new Changes.Where(
                    Optional.ofNullable(source.getAlias()).map(Names::plain).orElse(table.title()),
                    Optional.ofNullable(update.getWhere()),
                    Optional.ofNullable(update.getOrderBy()),
                    limit(new Queries(environment, reads, List.of()), update.getLimit()));
            return new Changes(environment, reads, writes(table, transaction, update.isIgnore()), where)
                    .update(update.getItems(), session.who().countsFound());
        }));
    }

    private Result delete(MySqlDeleteStatement delete) {
        if (delete.getFrom() != null || delete.getUsing() != null || delete.getWith() != null || delete.isOnly()) {
            throw SqlErrors.notSupported("DELETE of more than one table");
        }
        var source = single(delete.getTableSource());
        var table = table(source.getExpr());
        return counted(session.work().change(false, transaction -> {
            var reads = session.reads(transaction);
            var environment = session.environment(reads);
            var where = new Changes.Where(
                    Optional.ofNullable(source.getAlias()).map(Names::plain).orElse(table.title()),
                    Optional.ofNullable(delete.getWhere()),
                    Optional.ofNullable(delete.getOrderBy()),
                    limit(new Queries(environment, reads, List.of()), delete.getLimit()));
            return new Changes(environment, reads, writes(table, transaction, delete.isIgnore()), where).delete();
        }));
    }

    /// With the number of warnings at its end.
    private Result counted(Result result) {
        return result instanceof Result.Done(var affected, var info) && !info.isEmpty()
                ? new Result.Done(affected, info + session.warnings().count())
                : result;
    }

    private Shows shows() {
        return new Shows(words, new Told(session));
    }

    Fixed processes() {
        return new Told(session).processes();
    }

    private Result explain() {
        var ahead = Words.of(statement);
        var verb = ahead.next();
        if (ahead.take("FORMAT = TRADITIONAL")) {
            // As without.
            verb = new Words.Word(verb.kind(), verb.text(), verb.start(), verb.end());
        } else if (ahead.take("FORMAT") || ahead.take("ANALYZE")) {
            throw SqlErrors.notSupported("EXPLAIN FORMAT");
        }
        var first = ahead.peek()
                .map(word -> word.text().toUpperCase(java.util.Locale.ROOT))
                .orElse("");
        return switch (first) {
            case "SELECT", "WITH", "(" ->
                rows(explained(query(ahead.rest(), session.reads()).access()));
            case "UPDATE", "DELETE" -> rows(explained(changed(ahead.rest())));
            case "INSERT", "REPLACE" -> throw SqlErrors.notSupported("EXPLAIN " + first);
            default -> rows(shows().describe());
        };
    }

    private Plan.Access changed(String sql) {
        var reads = session.reads();
        var condition = switch (Parser.statement(sql)) {
            case MySqlUpdateStatement update -> Optional.ofNullable(update.getWhere());
            case MySqlDeleteStatement delete -> Optional.ofNullable(delete.getWhere());
            default -> throw SqlErrors.unknownStatement(sql);
        };
        var binder = blind(session.environment(reads));
        return Sources.access(
                "kv",
                condition.map(wanted -> new KeySpans(binder, "kv").of(wanted)).orElse(KeySpans.Spans.ALL));
    }

    private static Fixed explained(Plan.Access access) {
        boolean reads = !access.table().isEmpty();
        boolean primary = reads && !access.type().equals("ALL");
        return Shows.fixed("id,select_type,table,partitions,type,possible_keys,key,key_len,ref,rows,filtered,Extra")
                .with(
                        1,
                        "SIMPLE",
                        reads ? access.table() : Logic.NULL,
                        Logic.NULL,
                        reads ? access.type() : Logic.NULL,
                        primary ? "PRIMARY" : Logic.NULL,
                        primary ? "PRIMARY" : Logic.NULL,
                        Logic.NULL,
                        Logic.NULL,
                        Logic.NULL,
                        Logic.NULL,
                        access.detail())
                .typed();
    }
}
