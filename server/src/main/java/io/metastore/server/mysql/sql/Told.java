package io.metastore.server.mysql.sql;

import java.util.List;
import java.util.Optional;

/// What SHOW tells of a session and of the server.
record Told(Session session) implements Shows.Telling {
    @Override
    public Variables variables() {
        return session.variables();
    }

    @Override
    public Warnings warnings() {
        return session.warnings();
    }

    @Override
    public Fixed processes() {
        var table = Shows.fixed("Id,User,Host,db,Command,Time,State,Info");
        for (var one : session.surroundings().connections().all()) {
            if (one.user().equals(session.who().user())) {
                table = table.with(one.id(), one.user(), one.host(), Logic.NULL, "Sleep", 0, "", Logic.NULL);
            }
        }
        return table.typed();
    }

    @Override
    public Fixed status() {
        var figures = session.surroundings().connections().figures();
        return Shows.fixed("Variable_name,Value")
                .with("Questions", figures.questions())
                .with("Threads_connected", figures.connections())
                .with("Uptime", figures.uptime().toSeconds());
    }

    @Override
    public List<String> grants() {
        if (session.surroundings().node().users().isAuthEnabled()) {
            throw SqlErrors.notSupported("SHOW GRANTS for users of the store");
        }
        return List.of("GRANT SELECT, INSERT, UPDATE, DELETE ON `metastore`.* TO `"
                + session.who().user() + "`@`%`");
    }

    @Override
    public Optional<String> database() {
        return session.database();
    }

    @Override
    public Expression bind(String condition, List<Column> columns) {
        var environment = session.environment(session.reads());
        return new Binder(environment, Scope.of(columns, "where clause"), Optional.empty())
                .bind(Parser.expression(condition));
    }
}
