import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Fits as many logistic regressions as a line of stdin says, and tells what CPU they took: that of the thread which fits, and that of the
 * whole process, in nanoseconds. Ends with stdin.
 */
public class FitsInTurns {

    public static void main(String[] args) throws Exception {
        try (SparkSession spark = SparkSession.builder()
                .appName("fits")
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .getOrCreate()) {
            Dataset<Row> data = new VectorAssembler()
                    .setInputCols(new String[] {"x", "y"})
                    .setOutputCol("features")
                    .transform(spark.range(0, 2000, 1, 1)
                            .selectExpr("sin(id) x", "cos(id * 1.7) y", "case when sin(id * 31) > 0 then 1.0 else 0.0 end label"))
                    .cache();
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            BufferedReader turns = new BufferedReader(new InputStreamReader(System.in));
            for (String turn = turns.readLine(); turn != null; turn = turns.readLine()) {
                long process = system.getProcessCpuTime();
                long thread = threads.getCurrentThreadCpuTime();
                for (int i = 0; i < Integer.parseInt(turn); i++) {
                    new LogisticRegression().setMaxIter(10).setRegParam(0.01).fit(data);
                }
                thread = threads.getCurrentThreadCpuTime() - thread;
                process = system.getProcessCpuTime() - process;
                System.out.println(thread + " " + process);
            }
        }
    }
}
