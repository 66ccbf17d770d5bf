package io.metastore.server.mysql.sql;

import com.alibaba.druid.sql.ast.statement.SQLSelect;
import io.metastore.server.mysql.packet.Answers;
import io.metastore.server.mysql.packet.Answers.Condition;
import io.metastore.server.mysql.packet.MysqlException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One client's session: its variables, its transaction, and the statements that it asks for, one after
/// the other on the thread of its connection.
public final class Session {
    private final Surroundings surroundings;
    private final Who who;
    private final Cancellation cancellation;
    private final Variables variables;
    private final Warnings warnings = new Warnings();
    private final Work work;
    private final Map<String, String> prepared = new HashMap<>();
    private Optional<String> database;
    private List<Value> parameters = List.of();
    private long lastChanged = -1;

    /// Whose session it is.
    ///
    /// @param countsFound whether an UPDATE counts rows that are as they should be already
    public record Who(int id, String user, String host, boolean countsFound) {}

    public Session(Surroundings surroundings, Who who, Optional<String> database, Cancellation cancellation) {
        this.surroundings = surroundings;
        this.who = who;
        this.cancellation = cancellation;
        this.database = Optional.empty();
        this.variables = new Variables(surroundings.initial());
        this.work = new Work(new Store(surroundings.node(), who.user(), cancellation), variables);
        database.ifPresent(this::use);
    }

    /// The statements in a text, in their order.
    ///
    /// @throws MysqlException 1065 when there is none
    public static List<String> split(String text) {
        var statements = SqlText.split(text);
        if (statements.isEmpty()) {
            throw SqlErrors.emptyQuery();
        }
        return statements;
    }

    /// Carries out one statement. Rows are read while the caller takes them, before the next statement.
    ///
    /// @param values of its question marks
    public Result run(String statement, List<Value> values) {
        cancellation.begin();
        cancellation.check();
        var words = Words.of(statement);
        boolean keeps = words.first().equals("SHOW") || statement.contains("@@");
        if (!keeps) {
            warnings.clear();
        }
        parameters = values;
        try {
            var result = new Statements(this, statement, words).run();
            lastChanged = result instanceof Result.Done(var affected, var _) ? affected : -1;
            return result;
        } catch (MysqlException e) {
            if (!keeps) {
                warnings.add("Error", e.number(), e.text());
            }
            if (e.number() == 1213) {
                work.rollback();
            }
            throw e;
        }
    }

    /// What a prepared statement will need and give.
    ///
    /// @param columns none for one that gives no rows
    public record Shape(int parameters, List<Column> columns) {}

    public Shape prepare(String statement) {
        var words = Words.of(statement);
        int count = 0;
        while (!words.isAtEnd()) {
            count += words.next().is("?") ? 1 : 0;
        }
        parameters = java.util.Collections.nCopies(count, Logic.NULL);
        return new Shape(count, new Statements(this, statement, Words.of(statement)).shape());
    }

    /// A new database; also what a client asks for at its login.
    public void use(String name) {
        if (!name.equalsIgnoreCase(Tables.DATABASE) && !name.equalsIgnoreCase("information_schema")) {
            throw SqlErrors.unknownDatabase(name);
        }
        database = Optional.of(name.toLowerCase(Locale.ROOT));
    }

    /// What every answer tells of the session.
    public Condition condition() {
        int status = (work.isOpen() ? Answers.IN_TRANSACTION : 0)
                | (variables.isOn("autocommit") ? Answers.AUTOCOMMIT : 0)
                | (work.isReadOnly() ? Answers.READ_ONLY : 0);
        return new Condition(status, warnings.count());
    }

    /// After how many seconds without a command the connection ends.
    public long idleSeconds(boolean interactive) {
        return Numbers.whole(variables.get(interactive ? "interactive_timeout" : "wait_timeout"));
    }

    /// Nothing that was not committed stays.
    public void close() {
        work.rollback();
    }

    Variables variables() {
        return variables;
    }

    Warnings warnings() {
        return warnings;
    }

    Work work() {
        return work;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    Who who() {
        return who;
    }

    Map<String, String> prepared() {
        return prepared;
    }

    Optional<String> database() {
        return database;
    }

    /// For one statement: the state that it reads is the same for all its parts.
    Reads reads() {
        var once = new Once<>(work::reading);
        return reads(once);
    }

    Reads reads(Transaction transaction) {
        return reads(new Once<>(() -> transaction));
    }

    private Reads reads(Once<Transaction> transaction) {
        return new Reads() {
            @Override
            public Transaction transaction() {
                return transaction.get();
            }

            @Override
            public boolean locks() {
                return work.locksReads();
            }

            @Override
            public Optional<Fixed> catalog(String wanted, String table) {
                if (wanted.equalsIgnoreCase("information_schema") && table.equalsIgnoreCase("processlist")) {
                    return Optional.of(new Statements(Session.this, "", Words.of("")).processes());
                }
                return Catalog.find(wanted, table);
            }

            @Override
            public Optional<String> database() {
                return database;
            }

            @Override
            public long selectLimit() {
                var limit = Numbers.decimal(variables.get("sql_select_limit"));
                return limit.min(java.math.BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
            }
        };
    }

    Environment environment(Reads reads) {
        var now = LocalDateTime.ofInstant(surroundings.clock().instant(), ZoneOffset.UTC);
        return new SessionEnvironment(this, reads, now);
    }

    private record SessionEnvironment(Session session, Reads reads, LocalDateTime now) implements Environment {
        @Override
        public Value systemVariable(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "warning_count" -> new Value.Whole(session.warnings.count());
                default -> session.variables.get(name);
            };
        }

        @Override
        public Value userVariable(String name) {
            return session.variables.user(name);
        }

        @Override
        public void setUserVariable(String name, Value value) {
            session.variables.setUser(name, value);
        }

        @Override
        public Value parameter(int index) {
            if (index >= session.parameters.size()) {
                throw new MysqlException(1210, "HY000", "Incorrect arguments to EXECUTE");
            }
            return session.parameters.get(index);
        }

        @Override
        public Optional<Value> told(String function) {
            var who = session.who;
            return switch (function) {
                case "database", "schema" ->
                    Optional.of(session.database.map(Value::text).orElse(Logic.NULL));
                case "user", "session_user", "system_user" -> Optional.of(Value.text(who.user() + "@" + who.host()));
                case "current_user" -> Optional.of(Value.text(who.user() + "@%"));
                case "version" -> Optional.of(session.variables.get("version"));
                case "connection_id" -> Optional.of(new Value.Whole(who.id()));
                case "last_insert_id" -> Optional.of(Logic.FALSE);
                case "row_count" -> Optional.of(new Value.Whole(session.lastChanged));
                case "pi" -> Optional.of(new Value.Real(Math.PI));
                default -> Optional.empty();
            };
        }

        @Override
        public Plan subquery(SQLSelect query) {
            return new Queries(this, reads, List.of()).bind(query);
        }
    }
}
