package spring;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.lang.reflect.Proxy;
import library.Kernel;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Calls tracked methods of beans through both kinds of Spring's proxies, and one of a library in the same jar. */
@Configuration
public class App {

    public static void main(String[] args) {
        SpringApplication app = new SpringApplication(App.class);
        app.setBannerMode(Banner.Mode.OFF);
        try (ConfigurableApplicationContext context = app.run(args)) {
            Forest forest = context.getBean(Forest.class);
            System.out.println("a subclass " + AopUtils.isCglibProxy(forest) + ": " + forest.train(3));
            Model boost = context.getBean("boost", Model.class);
            System.out.println("an interface " + Proxy.isProxyClass(boost.getClass()) + ": " + boost.train(5));
            System.out.println("a library: " + Kernel.fit());
            System.out.println(App.class.getProtectionDomain().getCodeSource().getLocation().getProtocol());
        }
    }

    interface Model {
        String train(int depth);
    }

    static class Forest {
        @PlutoRun(project = "spring", captureArguments = true)
        public String train(int depth) {
            return "forest of " + depth + " by " + Pluto.current().displayId().orElse("nobody");
        }
    }

    static class Boost implements Model {
        @Override
        @PlutoRun(project = "spring")
        public String train(int depth) {
            return "boost of " + depth + " by " + Pluto.current().displayId().orElse("nobody");
        }
    }

    @Bean
    Forest forest() {
        return new Forest();
    }

    @Bean
    Model boost() {
        return new Boost();
    }

    @Bean
    static MethodInterceptor advice() {
        return call -> "advised " + call.proceed();
    }

    @Bean
    static BeanNameAutoProxyCreator subclasses() {
        return proxies("forest", true);
    }

    @Bean
    static BeanNameAutoProxyCreator interfaces() {
        return proxies("boost", false);
    }

    private static BeanNameAutoProxyCreator proxies(String bean, boolean ofTheClass) {
        BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
        creator.setBeanNames(bean);
        creator.setProxyTargetClass(ofTheClass);
        creator.setInterceptorNames("advice");
        return creator;
    }
}
