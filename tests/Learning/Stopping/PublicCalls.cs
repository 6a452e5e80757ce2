using System.Reflection;
using Tradepost.Learning.Anomalies;
using Tradepost.Learning.Budgets;
using Tradepost.Learning.Budgets.Fitting;
using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Learning.Forecasting;
using Tradepost.Learning.Regression;

namespace Tradepost.Learning.Tests.Stopping;

/// <summary>What the library offers, found by reflection, so that nothing new is forgotten.</summary>
internal static class PublicCalls
{
    private static readonly Type[] Products =
    [
        typeof(IRegressionModel),
        typeof(ProphetModel),
        typeof(ProphetModel[]),
        typeof(ClickModel),
        typeof(ClickTraining),
        typeof(ClickEpoch),
        typeof(ClickEvaluation),
        typeof(Forecast),
        typeof(BudgetPlan),
        typeof(ResponseFit),
        typeof(CrossValidationRow[]),
        typeof(PerformanceRow[]),
        typeof(Detection[]),
        typeof(Detection[][]),
        typeof(double[]),
    ];

    private static readonly string[] Readers = ["FromJson", "Load", "WithParameters", "Apply", "get_", "<"];

    /// <summary>Calls that can be stopped, as <c>Ridge.Fit(features, target, options)</c>.</summary>
    public static IEnumerable<string> Stoppable => All().Where(TakesToken).Select(Name).Order(StringComparer.Ordinal);

    /// <summary>Calls that fit, predict, forecast, judge or detect and cannot be stopped.</summary>
    public static IEnumerable<string> Unstoppable =>
        All().OfType<MethodInfo>().Where(method => IsWork(method) && !TakesToken(method)).Select(Name);

    private static IEnumerable<MethodBase> All() =>
        typeof(IRegressionModel)
            .Assembly.GetExportedTypes()
            .Where(type => !type.IsInterface && !typeof(Delegate).IsAssignableFrom(type))
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Concat<MethodBase>(type.GetConstructors())
            );

    private static bool IsWork(MethodInfo method) =>
        Products.Any(product => product.IsAssignableFrom(method.ReturnType))
        && !Readers.Any(reader => method.Name.StartsWith(reader, StringComparison.Ordinal));

    private static bool TakesToken(MethodBase method) =>
        method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken));

    private static string Name(MethodBase method)
    {
        var parameters = method
            .GetParameters()
            .Where(parameter => parameter.ParameterType != typeof(CancellationToken))
            .Select(parameter => parameter.Name);
        return $"{(method.IsConstructor ? "new " : "")}{method.DeclaringType!.Name}{(method.IsConstructor ? "" : $".{method.Name}")}({string.Join(", ", parameters)})";
    }
}
