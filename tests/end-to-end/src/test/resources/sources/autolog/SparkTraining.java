package autolog;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains with Spark ML. Below a line {@code == name} it prints what Spark itself has of that training. */
public class SparkTraining implements Serializable {

    private static Dataset<Row> raw;
    private static Dataset<Row> data;

    public static void main(String[] args) throws java.io.IOException {
        try (SparkSession spark = SparkSession.builder().appName("training").getOrCreate()) {
            raw = spark.range(0, 200, 1, 1)
                    .selectExpr(
                            "sin(id) x",
                            "cos(id * 1.7) y",
                            "case when sin(id) + cos(id * 1.7) + 0.4 * sin(id * 31) > 0 then 1.0 else 0.0 end label",
                            "3.0 * sin(id) - cos(id * 1.7) + 0.1 * sin(id * 31) target")
                    .cache();
            data = assembler().transform(raw).cache();
            switch (args[0]) {
                case "all" -> all();
                case "one" -> logisticRegression("spark");
                case "forever" -> forever();
                case "fail" -> fail();
                default -> throw new IllegalArgumentException(args[0]);
            }
        } finally {
            System.out.println("finally");
        }
    }

    private static void all() {
        logisticRegression("spark");
        kMeans();
        linearRegression();
        trees();
        pipeline();
        crossValidation();
        trainValidationSplit();
    }

    private static VectorAssembler assembler() {
        return new VectorAssembler().setInputCols(new String[] {"x", "y"}).setOutputCol("features");
    }

    private static void print(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            print(name, i, values[i]);
        }
    }

    private static void print(String name, long step, double value) {
        System.out.println(step + " " + name + " = " + value);
    }

    private static void logisticRegression(String name) {
        System.out.println("== " + name);
        LogisticRegressionModel model =
                new LogisticRegression().setMaxIter(8).setRegParam(0.01).fit(data);
        print("objectiveHistory", model.summary().objectiveHistory());
        double metric = new BinaryClassificationEvaluator().evaluate(model.transform(data));
        print("areaUnderROC", 0, metric);
        print("areaUnderPR", 0, new BinaryClassificationEvaluator().setMetricName("areaUnderPR").evaluate(model.transform(data)));
    }

    /** Spark logs the cost of each iteration: the test reads its log. */
    private static void kMeans() {
        System.out.println("== spark.2");
        KMeansModel model = new KMeans().setK(3).setSeed(7).setMaxIter(5).fit(data);
        print("trainingCost", 0, model.summary().trainingCost());
    }

    private static void linearRegression() {
        System.out.println("== spark.3");
        LinearRegressionModel model = new LinearRegression()
                .setLabelCol("target")
                .setSolver("l-bfgs")
                .setMaxIter(6)
                .setElasticNetParam(0.5)
                .setRegParam(0.01)
                .fit(data);
        print("objectiveHistory", model.summary().objectiveHistory());
        print("rmse", 0, new RegressionEvaluator().setLabelCol("target").evaluate(model.transform(data)));
    }

    private static void trees() {
        System.out.println("== spark.4");
        print(
                "areaUnderROC",
                0,
                new BinaryClassificationEvaluator()
                        .evaluate(new GBTClassifier().setMaxIter(2).setSeed(3).fit(data).transform(data)));
    }

    private static void pipeline() {
        System.out.println("== spark.5");
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {
                    assembler().setOutputCol("assembled"),
                    new StandardScaler().setInputCol("assembled").setOutputCol("scaled"),
                    new LogisticRegression().setFeaturesCol("scaled").setMaxIter(5)
                })
                .fit(raw);
        LogisticRegressionModel last = (LogisticRegressionModel) model.stages()[2];
        print("objectiveHistory", last.summary().objectiveHistory());
        print("areaUnderROC", 0, new BinaryClassificationEvaluator().evaluate(model.transform(raw)));
    }

    private static void crossValidation() {
        System.out.println("== spark.6");
        LogisticRegression regression = new LogisticRegression("regression").setMaxIter(4); // the order of the grid depends on it
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(regression.regParam(), new double[] {0.5, 0.01})
                .addGrid(regression.fitIntercept())
                .build();
        CrossValidatorModel model = new CrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {regression}))
                .setEvaluator(new BinaryClassificationEvaluator())
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setParallelism(2)
                .setCollectSubModels(true)
                .setSeed(11)
                .fit(data);
        for (int fold = 0; fold < 2; fold++) {
            for (int point = 0; point < grid.length; point++) {
                print("fold" + fold + "/point" + point + "/objectiveHistory", history(model.subModels()[fold][point]));
            }
        }
        print("objectiveHistory", history(model.bestModel()));
        table(grid, model.avgMetrics());
        print("areaUnderROC", 0, new BinaryClassificationEvaluator().evaluate(model.transform(data)));
    }

    private static double[] history(Object pipeline) {
        return ((LogisticRegressionModel) ((PipelineModel) pipeline).stages()[0])
                .summary()
                .objectiveHistory();
    }

    private static void trainValidationSplit() {
        System.out.println("== spark.7");
        LinearRegression regression = new LinearRegression().setLabelCol("target").setMaxIter(4).setSolver("l-bfgs");
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(regression.regParam(), new double[] {0.5, 0.01})
                .build();
        TrainValidationSplitModel model = new TrainValidationSplit()
                .setEstimator(regression)
                .setEvaluator(new RegressionEvaluator().setLabelCol("target"))
                .setEstimatorParamMaps(grid)
                .setCollectSubModels(true)
                .setSeed(11)
                .fit(data);
        for (int point = 0; point < grid.length; point++) {
            print("point" + point + "/objectiveHistory", ((LinearRegressionModel) model.subModels()[point]).summary().objectiveHistory());
        }
        print("objectiveHistory", ((LinearRegressionModel) model.bestModel()).summary().objectiveHistory());
        table(grid, model.validationMetrics());
    }

    private static void table(ParamMap[] grid, double[] metrics) {
        for (int point = 0; point < grid.length; point++) {
            Map<String, Object> given = new HashMap<>();
            grid[point].toList().forEach(pair -> given.put(pair.param().name(), pair.value()));
            System.out.println("row " + point + " " + given.get("regParam") + " " + given.get("fitIntercept") + " " + metrics[point]);
        }
    }

    private static void forever() {
        while (true) {
            new GaussianMixture().setK(2).setSeed(7).setTol(0).setMaxIter(10_000).fit(data);
        }
    }

    private static void fail() {
        new LogisticRegression().setMaxIter(2).fit(data);
        new LogisticRegression().setLabelCol("absent").fit(data);
    }
}
