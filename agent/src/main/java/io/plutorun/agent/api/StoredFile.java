package io.plutorun.agent.api;

import io.plutorun.agent.http.Fields;
import io.plutorun.agent.http.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of a run, as the server knows it. Its bytes may never have come.
 *
 * @param logName the name under which the pages show it
 * @param fileName what it is called; of one log name, what has the same name has the same bytes
 * @param size how many bytes it was said to have
 * @param url where it can be read for some minutes, without the key; empty where the server does not say
 */
public record StoredFile(String logName, String fileName, long size, String url) {

    static Outcome<List<StoredFile>> readAll(Fields answer) {
        List<StoredFile> files = new ArrayList<>();
        for (Fields file : answer.objects("files")) {
            String logName = file.text("logName");
            String fileName = file.text("fileName");
            String url = file.text("url");
            if (logName != null && fileName != null) {
                files.add(
                        new StoredFile(logName, fileName, file.step("fileSize").orElse(-1), url == null ? "" : url));
            }
        }
        return new Outcome.Answer<>(files);
    }
}
