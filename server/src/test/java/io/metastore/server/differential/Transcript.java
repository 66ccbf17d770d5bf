package io.metastore.server.differential;

import io.grpc.Status;

/// What was asked and answered, as text: one line each, `>` for a step, `<` for a message, `!` for an error, `.` for
/// an end without one and for silence.
final class Transcript {
    private static final int LONGEST_STEP = 240;

    private final StringBuilder text = new StringBuilder();

    void asked(String step) {
        line('>', step.length() > LONGEST_STEP ? step.substring(0, LONGEST_STEP) + "…" : step);
    }

    void answered(String message) {
        line('<', message);
    }

    void failed(Status status) {
        line('!', status.getCode() + " " + status.getDescription());
    }

    void ended() {
        line('.', "end");
    }

    void silence() {
        line('.', "silence");
    }

    String text() {
        return text.toString();
    }

    private void line(char mark, String content) {
        text.append((mark + " " + content).stripTrailing()).append('\n');
    }
}
