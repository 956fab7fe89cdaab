package lang

import io.plutorun.Pluto
import io.plutorun.PlutoRun
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking

fun id(): String = Pluto.current().displayId().orElse("nobody")

@PlutoRun(project = "kotlin")
fun topLevel(epochs: Int = 3): String = "top level, $epochs epochs: ${id()}"

class Trainer(private val rate: Double) {
    @PlutoRun(project = "kotlin", captureArguments = true)
    fun member(epochs: Int): String = "member, $epochs epochs at $rate: ${id()}"

    @PlutoRun
    suspend fun suspending(): String {
        delay(1)
        return "suspending: ${id()}"
    }

    @PlutoRun(project = "kotlin")
    fun blocking(): String = runBlocking { "blocking, " + suspending() }

    companion object {
        @PlutoRun(project = "kotlin")
        fun inCompanion(): String = "companion: ${id()}"

        @JvmStatic
        @PlutoRun(project = "kotlin")
        fun static(): String = "static: ${id()}"
    }
}

object Single {
    @PlutoRun(project = "kotlin")
    fun inObject(): String = "object: ${id()}"
}

data class Point(val x: Int) {
    @PlutoRun(project = "kotlin")
    fun ofData(): String = "data $x: ${id()}"
}

fun main() {
    println(topLevel())
    println(Trainer(0.1).member(5))
    println(runBlocking { Trainer(0.1).suspending() })
    println(Trainer(0.1).blocking())
    println(Trainer.inCompanion())
    println(Trainer.static())
    println(Single.inObject())
    println(Point(1).ofData())
}

object Program {
    @JvmStatic
    fun main(args: Array<String>) {
        println(topLevel())
    }
}
