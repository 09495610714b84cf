package io.headworks.cli.state;

import io.headworks.api.state.StateHome;
import io.headworks.core.state.Rebuilt;
import io.headworks.core.state.RebuiltContent;
import io.headworks.core.state.StateFile;
import io.headworks.core.state.StateReplacement;
import io.headworks.testkit.state.StateContract;

/** The state in a file of the workspace. */
class SqliteStateTest extends StateContract {
    @Override
    protected StateHome home() {
        return new StateFile(folder.resolve("state.db"));
    }

    @Override
    protected StateHome anotherHome() {
        return new StateFile(folder.resolve("another.db"));
    }

    @Override
    protected Rebuilt rebuild(RebuiltContent content, String mark) {
        return new StateReplacement(folder.resolve("state.db")).from(content, "kept-" + mark);
    }
}
