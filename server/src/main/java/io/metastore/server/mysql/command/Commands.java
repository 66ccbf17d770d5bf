package io.metastore.server.mysql.command;

import io.metastore.server.model.Bytes;
import io.metastore.server.mysql.login.Client;
import io.metastore.server.mysql.packet.Answers;
import io.metastore.server.mysql.packet.Capability;
import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.mysql.packet.PacketReader;
import io.metastore.server.mysql.packet.PacketWriter;
import io.metastore.server.mysql.packet.Wire;
import io.metastore.server.mysql.sql.Column;
import io.metastore.server.mysql.sql.Result;
import io.metastore.server.mysql.sql.Session;
import io.metastore.server.mysql.sql.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Carries out the commands of one connection, one after the other, until the client goes.
public final class Commands {
    private static final int MOST_PARAMETERS = 65_535;
    private static final int CURSOR_READ_ONLY = 1;

    private final Wire wire;
    private final Client client;
    private final Session session;
    private final ResultWriter results;
    private final Prepared prepared = new Prepared();
    private final Runnable killed;
    private boolean multiple;

    /// What the caller does after a command.
    public enum Next {
        GO_ON,
        QUIT,
        CHANGE_USER,
        RESET
    }

    /// @param killed looks whether the connection was ended by another one, and throws then
    public Commands(Wire wire, Client client, Session session, Runnable killed) {
        this.wire = wire;
        this.client = client;
        this.session = session;
        this.killed = killed;
        this.results = new ResultWriter(wire, client.can(Capability.DEPRECATE_EOF));
        this.multiple = client.can(Capability.MULTI_STATEMENTS);
    }

    /// Answers one command.
    public Next answer(Bytes payload) {
        if (payload.isEmpty()) {
            throw unknown(0);
        }
        try {
            killed.run();
            return dispatch(payload);
        } catch (MysqlException e) {
            wire.send(Answers.error(e));
            return Next.GO_ON;
        }
    }

    private Next dispatch(Bytes payload) {
        var reader = new PacketReader(payload);
        int command = reader.int1();
        switch (command) {
            case 0x01 -> {
                return Next.QUIT;
            }
            case 0x02 -> {
                session.use(text(reader.rest()));
                ok();
            }
            case 0x03 -> query(text(reader.rest()));
            case 0x04 -> fields(reader);
            case 0x09 -> statistics();
            case 0x0c -> {
                session.run("KILL " + reader.int4(), List.of());
                ok();
            }
            case 0x0e -> ok();
            case 0x11 -> {
                return Next.CHANGE_USER;
            }
            case 0x16 -> prepare(text(reader.rest()));
            case 0x17 -> execute(reader);
            case 0x18 -> longData(reader);
            case 0x19 -> prepared.close(reader.int4());
            case 0x1a -> {
                prepared.get(reader.int4(), "mysqld_stmt_reset").reset();
                ok();
            }
            case 0x1b -> option(reader);
            case 0x1c -> fetch(reader);
            case 0x1f -> {
                return Next.RESET;
            }
            default -> throw unknown(command);
        }
        return Next.GO_ON;
    }

    private void statistics() {
        var figures = session.surroundings().connections().figures();
        wire.send(new PacketWriter()
                .text("Uptime: " + figures.uptime().toSeconds() + "  Threads: " + figures.connections()
                        + "  Questions: " + figures.questions())
                .payload());
    }

    private static MysqlException unknown(int command) {
        return new MysqlException(1047, "08S01", "command " + command + " not supported");
    }

    private static String text(Bytes bytes) {
        return new String(bytes.shared(), StandardCharsets.ISO_8859_1);
    }

    private void ok() {
        wire.send(Answers.ok(0, "", session.condition()));
    }

    private void query(String text) {
        session.surroundings().connections().asked();
        var statements = Session.split(text);
        if (statements.size() > 1 && !multiple) {
            var second = text.indexOf(';') + 1;
            throw new MysqlException(
                    1064,
                    "42000",
                    "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server"
                            + " version for the right syntax to use near '"
                            + text.substring(second).strip() + "' at line 1");
        }
        for (int i = 0; i < statements.size(); i++) {
            boolean last = i == statements.size() - 1;
            send(session.run(statements.get(i), List.of()), ResultWriter.Form.TEXT, last);
        }
    }

    private void send(Result result, ResultWriter.Form form, boolean last) {
        switch (result) {
            case Result.Done(var affected, var info) -> wire.send(Answers.ok(affected, info, condition(last)));
            case Result.Rows(var columns, var rows) -> results.send(columns, rows, form, () -> condition(last));
        }
    }

    private Answers.Condition condition(boolean last) {
        return last ? session.condition() : session.condition().with(Answers.MORE_RESULTS);
    }

    /// The columns of a table, for clients that complete names.
    private void fields(PacketReader reader) {
        var table = reader.nulText().replace("`", "``");
        if (session.run("SELECT * FROM `" + table + "` LIMIT 0", List.of())
                instanceof Result.Rows(var columns, var _)) {
            columns.forEach(column -> wire.send(new PacketWriter()
                    .bytes(ResultWriter.definition(column))
                    .int1(0xfb)
                    .payload()));
        }
        results.end(session.condition());
    }

    private void option(PacketReader reader) {
        multiple = reader.int2() == 0;
        wire.send(Answers.eof(session.condition()));
    }

    private void prepare(String text) {
        var statements = Session.split(text);
        if (statements.size() > 1) {
            throw new MysqlException(
                    1295, "HY000", "This command is not supported in the prepared statement protocol yet");
        }
        var shape = session.prepare(statements.getFirst());
        if (shape.parameters() > MOST_PARAMETERS) {
            throw new MysqlException(1390, "HY000", "Prepared statement contains too many placeholders");
        }
        int id = prepared.add(statements.getFirst(), shape.parameters());
        wire.send(new PacketWriter()
                .int1(0)
                .int4(id)
                .int2(shape.columns().size())
                .int2(shape.parameters())
                .int1(0)
                .int2(session.condition().warnings())
                .payload());
        if (shape.parameters() > 0) {
            results.columns(questionMarks(shape.parameters()), session.condition());
        }
        if (!shape.columns().isEmpty()) {
            results.columns(shape.columns(), session.condition());
        }
    }

    private static List<Column> questionMarks(int count) {
        return java.util.Collections.nCopies(count, Column.parameter());
    }

    private void execute(PacketReader reader) {
        session.surroundings().connections().asked();
        long id = reader.int4();
        var statement = prepared.get(id, "mysqld_stmt_execute");
        int flags = reader.int1();
        reader.skip(4);
        var values = Parameters.read(reader, statement.parameters, statement.types, statement.longData);
        statement.reset();
        var result = session.run(statement.text, values);
        if ((flags & CURSOR_READ_ONLY) != 0 && result instanceof Result.Rows(var columns, var rows)) {
            statement.cursor = java.util.Optional.of(new Prepared.Open(columns, rows));
            results.announce(columns, session.condition().with(Answers.CURSOR_EXISTS));
        } else {
            send(result, ResultWriter.Form.BINARY, true);
        }
    }

    private void fetch(PacketReader reader) {
        long id = reader.int4();
        long count = reader.int4();
        var cursor = prepared.get(id, "mysqld_stmt_fetch")
                .cursor
                .orElseThrow(() -> new MysqlException(1421, "HY000", "The statement (" + id + ") has no open cursor."));
        var piece = new ArrayList<List<Value>>();
        for (var rows = cursor.rows(); piece.size() < count && rows.hasNext(); ) {
            piece.add(rows.next());
        }
        results.rows(cursor.columns(), piece.iterator(), ResultWriter.Form.BINARY);
        Iterator<List<Value>> left = cursor.rows();
        wire.send(
                Answers.eof(session.condition().with(left.hasNext() ? Answers.CURSOR_EXISTS : Answers.LAST_ROW_SENT)));
    }

    /// It has no answer, so a fault in it is told when the statement runs.
    private void longData(PacketReader reader) {
        long id = reader.int4();
        int parameter = reader.int2();
        try {
            var statement = prepared.get(id, "mysqld_stmt_send_long_data");
            statement.longData.merge(
                    parameter,
                    reader.rest(),
                    (before, more) ->
                            new PacketWriter().bytes(before).bytes(more).payload());
        } catch (MysqlException e) {
            // The client finds out when it runs the statement.
            return;
        }
    }

    public Client client() {
        return client;
    }
}
