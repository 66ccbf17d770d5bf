package io.metastore.server.mysql;

import io.metastore.server.mysql.command.Commands;
import io.metastore.server.mysql.login.Client;
import io.metastore.server.mysql.login.Login;
import io.metastore.server.mysql.packet.Answers;
import io.metastore.server.mysql.packet.Capability;
import io.metastore.server.mysql.packet.ClosedException;
import io.metastore.server.mysql.packet.MysqlException;
import io.metastore.server.mysql.packet.Wire;
import io.metastore.server.mysql.sql.Cancellation;
import io.metastore.server.mysql.sql.Session;
import io.metastore.server.mysql.sql.Surroundings;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one connection, on a thread of its own: login, then command after command.
final class Connection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Wire wire;
    private final Login login;
    private final Surroundings surroundings;
    private final OpenConnections connections;
    private final Cancellation cancellation;

    Connection(
            Wire wire, Login login, Surroundings surroundings, OpenConnections connections, Cancellation cancellation) {
        this.wire = wire;
        this.login = login;
        this.surroundings = surroundings;
        this.connections = connections;
        this.cancellation = cancellation;
    }

    @Override
    public void run() {
        var id = connections.add(cancellation, wire::cut);
        try {
            if (id.isEmpty()) {
                throw new MysqlException(1040, "08004", "Too many connections");
            }
            serve(id.get());
        } catch (MysqlException e) {
            wire.send(Answers.error(e));
        } catch (ClosedException e) {
            // The client has gone, as clients do.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // A statement must not end more than its own connection, and a thread that dies ends the process.
            LOG.atError().setCause(e).log("a MySQL connection failed");
            wire.send(Answers.error(new MysqlException(1105, "HY000", "internal error")));
        } finally {
            id.ifPresent(connections::remove);
            wire.close();
        }
    }

    private void serve(int id) throws InterruptedException {
        var client = Optional.of(login.greet(wire, id));
        while (client.isPresent()) {
            client = converse(id, client.get());
        }
    }

    /// As one user; whoever comes next, if anybody does.
    private Optional<Client> converse(int id, Client client) throws InterruptedException {
        connections.loggedIn(id, client.user(), client.host());
        var who = new Session.Who(id, client.user(), client.host(), client.can(Capability.FOUND_ROWS));
        var session = new Session(surroundings, who, client.database(), cancellation);
        try {
            wire.send(Answers.ok(0, "", session.condition()));
            var commands = new Commands(wire, client, session, this::checkKilled);
            while (true) {
                wire.begin();
                var idle = Duration.ofSeconds(session.idleSeconds(client.can(Capability.INTERACTIVE)));
                var payload = wire.next(idle);
                if (payload.isEmpty()) {
                    throw new MysqlException(
                            4031, "HY000", "The client was disconnected by the server because of inactivity.");
                }
                switch (commands.answer(payload.get())) {
                    case GO_ON -> wire.flush();
                    case QUIT -> {
                        return Optional.empty();
                    }
                    case CHANGE_USER -> {
                        return Optional.of(login.change(wire, payload.get(), client.capabilities()));
                    }
                    case RESET -> {
                        return Optional.of(client);
                    }
                }
            }
        } finally {
            session.close();
        }
    }

    private void checkKilled() {
        if (cancellation.isForGood()) {
            throw new ClosedException();
        }
    }
}
