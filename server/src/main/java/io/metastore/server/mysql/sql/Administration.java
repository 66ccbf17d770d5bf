package io.metastore.server.mysql.sql;

import io.metastore.server.mysql.packet.MysqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Statements that are not about rows: transactions, settings, and what tools send before and after
/// their work.
final class Administration {
    private final Session session;
    private final String statement;
    private final Words words;

    Administration(Session session, String statement, Words words) {
        this.session = session;
        this.statement = statement;
        this.words = words;
    }

    Result run() {
        return switch (words.first()) {
            case "SET" -> set();
            case "USE" -> use();
            case "BEGIN", "START" -> begin();
            case "COMMIT", "ROLLBACK" -> end();
            case "SAVEPOINT", "RELEASE" -> savepoint();
            case "KILL" -> kill();
            case "DO" -> evaluate();
            case "TRUNCATE" -> truncate();
            case "TABLE" -> table();
            case "PREPARE", "EXECUTE", "DEALLOCATE" -> prepared();
            case "LOCK", "UNLOCK", "FLUSH" -> nothingToDo();
            case "CHECK", "ANALYZE", "OPTIMIZE" -> maintained();
            case "CREATE", "DROP", "ALTER" -> definition();
            case "HELP" -> Statements.rows(Shows.fixed("name,description,example"));
            case "GRANT", "REVOKE", "RENAME", "CALL", "LOAD" -> throw SqlErrors.notSupported(words.first());
            default -> throw unknown();
        };
    }

    private MysqlException unknown() {
        boolean known = words.first()
                .matches("HANDLER|XA|INSTALL|UNINSTALL|RESET|PURGE|CHANGE|STOP|CACHE|REPAIR"
                        + "|CHECKSUM|SIGNAL|RESIGNAL|GET|IMPORT|CLONE|SHUTDOWN|RESTART|BINLOG|VALUES");
        return known ? SqlErrors.unknownStatement(statement) : SqlErrors.syntax(statement, 0);
    }

    private Result set() {
        var environment = session.environment(session.reads());
        var binder = new Binder(environment, Scope.of(List.of(), "field list"), Optional.empty());
        new Settings(
                        words,
                        session.variables(),
                        session.work(),
                        text -> binder.bind(Parser.expression(text)).of(List.of()))
                .run();
        return Result.Done.NOTHING;
    }

    private Result use() {
        var _ = words.next();
        var name = words.name();
        words.end();
        session.use(name);
        return Result.Done.NOTHING;
    }

    private Result begin() {
        var readOnly = Optional.<Boolean>empty();
        boolean now = false;
        if (words.take("BEGIN")) {
            var _ = words.take("WORK");
        } else {
            words.expect("START TRANSACTION");
            while (!words.isAtEnd()) {
                if (words.take("WITH CONSISTENT SNAPSHOT")) {
                    now = true;
                } else if (words.take("READ ONLY")) {
                    readOnly = Optional.of(true);
                } else {
                    words.expect("READ WRITE");
                    readOnly = Optional.of(false);
                }
                if (!words.take(",")) {
                    break;
                }
            }
        }
        words.end();
        session.work().begin(readOnly, now);
        return Result.Done.NOTHING;
    }

    private Result end() {
        boolean commit = words.take("COMMIT");
        if (!commit) {
            words.expect("ROLLBACK");
        }
        var _ = words.take("WORK");
        if (!commit && words.take("TO")) {
            var _ = words.take("SAVEPOINT");
            var name = words.name();
            words.end();
            session.work().rollbackTo(name);
            return Result.Done.NOTHING;
        }
        boolean chain = words.take("AND CHAIN");
        boolean _ = words.take("AND NO CHAIN");
        boolean _ = words.take("NO RELEASE");
        if (words.take("RELEASE")) {
            throw SqlErrors.notSupported("RELEASE");
        }
        words.end();
        if (commit) {
            session.work().commit();
        } else {
            session.work().rollback();
        }
        if (chain) {
            session.work().begin(Optional.empty(), false);
        }
        return Result.Done.NOTHING;
    }

    private Result savepoint() {
        boolean release = words.take("RELEASE");
        words.expect("SAVEPOINT");
        var name = words.name();
        words.end();
        if (release) {
            session.work().release(name);
        } else {
            session.work().savepoint(name);
        }
        return Result.Done.NOTHING;
    }

    private Result kill() {
        words.expect("KILL");
        boolean statementOnly = words.take("QUERY");
        boolean _ = !statementOnly && words.take("CONNECTION");
        var word = words.next();
        words.end();
        if (word.kind() != Words.Kind.NUMBER || word.text().length() > 9) {
            throw SqlErrors.syntax(statement, word.start());
        }
        int id = Integer.parseInt(word.text());
        var connections = session.surroundings().connections();
        var target = connections.all().stream().filter(one -> one.id() == id).findFirst();
        if (target.isEmpty()) {
            throw new MysqlException(1094, "HY000", "Unknown thread id: " + id);
        }
        if (!target.get().user().equals(session.who().user())) {
            throw new MysqlException(1095, "HY000", "You are not owner of thread " + id);
        }
        connections.kill(id, statementOnly);
        return Result.Done.NOTHING;
    }

    private Result evaluate() {
        words.expect("DO");
        var binder =
                new Binder(session.environment(session.reads()), Scope.of(List.of(), "field list"), Optional.empty());
        do {
            var _ = binder.bind(Parser.expression(words.upToComma())).of(List.of());
        } while (words.take(","));
        words.end();
        return Result.Done.NOTHING;
    }

    private Tables ours() {
        var name = words.name();
        var database = words.take(".") ? Optional.of(name) : session.database();
        var table = database.isPresent()
                        && words.statement().contains(".")
                        && database.get().equals(name)
                ? words.name()
                : name;
        if (!database.orElseThrow(SqlErrors::noDatabase).equalsIgnoreCase(Tables.DATABASE)) {
            throw SqlErrors.unknownDatabase(database.get());
        }
        return Tables.find(table).orElseThrow(() -> SqlErrors.unknownTable(Tables.DATABASE, table));
    }

    /// All keys, in one revision, whoever wrote them.
    private Result truncate() {
        words.expect("TRUNCATE");
        var _ = words.take("TABLE");
        var table = ours();
        words.end();
        session.work().commit();
        session.run("DELETE FROM metastore." + table.title(), List.of());
        return Result.Done.NOTHING;
    }

    private Result table() {
        words.expect("TABLE");
        return session.run("SELECT * FROM " + words.rest(), List.of());
    }

    private Result prepared() {
        if (words.take("PREPARE")) {
            var name = words.name();
            words.expect("FROM");
            var text = words.take("@")
                    ? Texts.characters(session.variables().user(words.nameOrText()))
                    : words.next().text();
            words.end();
            var _ = session.prepare(text);
            session.prepared().put(Binder.lower(name), text);
            return Result.Done.NOTHING;
        }
        if (words.take("EXECUTE")) {
            return execute();
        }
        words.expect("DEALLOCATE PREPARE");
        var name = words.name();
        words.end();
        if (session.prepared().remove(Binder.lower(name)) == null) {
            throw unknownPrepared(name, "DEALLOCATE PREPARE");
        }
        return Result.Done.NOTHING;
    }

    private Result execute() {
        var name = words.name();
        var text = session.prepared().get(Binder.lower(name));
        if (text == null) {
            throw unknownPrepared(name, "EXECUTE");
        }
        var values = new ArrayList<Value>();
        if (words.take("USING")) {
            do {
                words.expect("@");
                values.add(session.variables().user(words.nameOrText()));
            } while (words.take(","));
        }
        words.end();
        if (session.prepare(text).parameters() != values.size()) {
            throw new MysqlException(1210, "HY000", "Incorrect arguments to EXECUTE");
        }
        return session.run(text, values);
    }

    private static MysqlException unknownPrepared(String name, String command) {
        return new MysqlException(
                1243, "HY000", "Unknown prepared statement handler (" + name + ") given to " + command);
    }

    /// What locks, caches and files of tables are about: there are none, and clients need not know.
    private Result nothingToDo() {
        if (words.first().equals("LOCK")) {
            session.work().commit();
        }
        return Result.Done.NOTHING;
    }

    private Result maintained() {
        var verb = Binder.lower(words.next().text());
        var _ = words.take("NO_WRITE_TO_BINLOG") || words.take("LOCAL");
        words.expect("TABLE");
        var result = Shows.fixed("Table,Op,Msg_type,Msg_text");
        do {
            result = result.with("metastore." + ours().title(), verb, "status", "OK");
        } while (words.take(","));
        return Statements.rows(result);
    }

    /// Heads of dumps: the tables are there, and stay.
    private Result definition() {
        if (words.take("ALTER TABLE")) {
            var _ = ours();
            if (words.take("DISABLE KEYS") || words.take("ENABLE KEYS")) {
                words.end();
                return Result.Done.NOTHING;
            }
            throw SqlErrors.notSupported("ALTER TABLE");
        }
        if (words.take("DROP TABLE IF EXISTS")) {
            session.warnings().add("Note", 1235, "Table 'kv' is the key space and was not dropped");
            return Result.Done.NOTHING;
        }
        if (words.take("CREATE TABLE")) {
            boolean quiet = words.take("IF NOT EXISTS");
            var name = words.name();
            if (Tables.find(name).isPresent() && quiet) {
                session.warnings().add("Note", 1050, "Table '" + name + "' already exists");
                return Result.Done.NOTHING;
            }
            throw Tables.find(name).isPresent()
                    ? new MysqlException(1050, "42S01", "Table '" + name + "' already exists")
                    : SqlErrors.notSupported("CREATE TABLE");
        }
        if (words.take("CREATE DATABASE IF NOT EXISTS") && words.name().equals(Tables.DATABASE)) {
            words.end();
            session.warnings().add("Note", 1007, "Can't create database 'metastore'; database exists");
            return Result.Done.NOTHING;
        }
        throw SqlErrors.notSupported(words.first());
    }
}
