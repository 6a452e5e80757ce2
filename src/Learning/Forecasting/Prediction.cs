using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>Evaluates a model at rows: trend, components, forecast and interval.</summary>
internal sealed class Prediction
{
    private readonly ProphetModel model;
    private readonly TimeSeries rows;
    private readonly double[] t;
    private readonly double[] floors;
    private readonly double[]? caps;
    private readonly double[] features;
    private readonly CancellationToken cancellationToken;

    public Prediction(ProphetModel model, TimeSeries rows, CancellationToken cancellationToken)
    {
        (this.model, this.rows, this.cancellationToken) = (model, rows, cancellationToken);
        ProphetSize.OfForecast(model, rows).Check(nameof(rows));
        floors = model.Scale.Floors(rows, nameof(rows));
        caps = model.Scale.Caps(rows, model.Options.Growth, floors, nameof(rows));
        features = model.FeatureSet.Build(rows, nameof(rows), model.Options.Optimizer, cancellationToken);
        t = model.Scale.Times(rows.Times);
    }

    public Forecast Run()
    {
        var (n, scale) = (t.Length, model.Scale.YScale);
        var z = LinearPredictor();
        var trend = new double[n];
        for (var i = 0; i < n; i++)
        {
            trend[i] = (Grow(z[i], i) * scale) + floors[i];
        }

        var components = Components();
        var (added, factor) = (components["additive_terms"], components["multiplicative_terms"]);
        var yhat = new double[n];
        for (var i = 0; i < n; i++)
        {
            yhat[i] = (trend[i] * (1 + factor[i])) + added[i];
        }

        var forecast = new Forecast
        {
            Times = rows.Times,
            Yhat = yhat,
            Trend = trend,
            Components = components,
        };
        return model.Options.UncertaintySamples == 0
            ? forecast
            : new Uncertainty(model, t, z, Grow, floors, forecast).AddTo(forecast, cancellationToken);
    }

    /// <summary>The trend before its capacity; for linear growth the trend itself, in scaled units.</summary>
    private double[] LinearPredictor()
    {
        var (parameters, changepoints) = (model.Parameters, model.Scale.Times(model.Changepoints));
        var z = new double[t.Length];
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = model.Options.Growth switch
            {
                Growth.Flat => parameters.M,
                Growth.Linear => (parameters.K * t[i]) + parameters.M,
                _ => parameters.K * (t[i] - parameters.M),
            };
            for (var j = 0; j < changepoints.Length && changepoints[j] < t[i]; j++)
            {
                z[i] += parameters.Delta[j] * (t[i] - changepoints[j]);
            }
        }

        return z;
    }

    private double Grow(double z, int row) => caps is null ? z : caps[row] / (1 + Math.Exp(-z));

    private Dictionary<string, double[]> Components()
    {
        var n = t.Length;
        var components = new Dictionary<string, double[]>(StringComparer.Ordinal);
        for (var j = 0; j < model.Features.Count; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (feature, coefficient) = (model.Features[j], model.Parameters.Beta[j]);
            var column = features.AsSpan(j * n, n);
            if (feature.Mode == SeasonalityMode.Additive)
            {
                coefficient *= model.Scale.YScale;
            }

            Kernels.AddScaled(coefficient, column, Component(feature.Component));
            Kernels.AddScaled(
                coefficient,
                column,
                Component(feature.Mode == SeasonalityMode.Additive ? "additive_terms" : "multiplicative_terms")
            );
            if (feature.Group is { } group)
            {
                Kernels.AddScaled(coefficient, column, Component(group));
            }
        }

        Component("additive_terms");
        Component("multiplicative_terms");
        return components;

        double[] Component(string name)
        {
            if (!components.TryGetValue(name, out var values))
            {
                components[name] = values = new double[n];
            }

            return values;
        }
    }
}
