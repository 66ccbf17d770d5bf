package io.metastore.server;

import io.metastore.server.node.Credentials;
import io.metastore.server.node.Node;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A member tells the cluster its name and where its clients reach it, again until it is in the log.
record Introduction(Node node, String name, List<String> clientUrls, boolean witness) {
    void await() throws InterruptedException {
        while (!said()) {
            Thread.sleep(50);
        }
    }

    private boolean said() throws InterruptedException {
        var outcome = new CompletableFuture<Outcome>();
        node.execute(
                Credentials.MEMBER,
                new Command.PublishMember(node.state().self(), name, clientUrls, witness),
                outcome::complete);
        try {
            return switch (outcome.get()) {
                case Outcome.Done _ -> true;
                case Outcome.Refused _ -> false;
            };
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reply cannot fail", e);
        }
    }
}
