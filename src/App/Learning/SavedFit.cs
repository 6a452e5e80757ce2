using System.Text.Json;
using System.Text.Json.Serialization;
using Tradepost.Learning;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Kinds;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>What <c>fit --save</c> leaves: the model and how files become its columns.</summary>
/// <param name="Model">Its kind, as <see cref="IRegressionModel.Model"/>.</param>
/// <param name="Version">Of this form.</param>
/// <param name="Encoding">How a CSV becomes columns.</param>
/// <param name="Fitted">The model as the library saves it.</param>
internal sealed record SavedFit(string Model, int Version, TableEncoding Encoding, JsonElement Fitted)
{
    private const int ThisVersion = 1;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    public static string Write(TableEncoding encoding, IRegressionModel model) =>
        JsonSerializer.Serialize(
            new SavedFit(model.Model, ThisVersion, encoding, JsonSerializer.Deserialize<JsonElement>(model.ToJson())),
            Form
        );

    public static (TableEncoding Encoding, IRegressionModel Model) Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        try
        {
            var saved = JsonSerializer.Deserialize<SavedFit>(File.ReadAllText(path), Form);
            return saved is { Version: ThisVersion }
                ? (saved.Encoding, RegressionModel.FromJson(saved.Fitted.GetRawText()))
                : throw new UsageException(
                    $"{path} is of version {saved?.Version} of the form of saved models; this program reads version {ThisVersion}."
                );
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path} is no model that fit --save wrote: {JsonSentence.Of(e)}.");
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or InvalidOperationException
                        or IndexOutOfRangeException
                        or NullReferenceException
                        or OverflowException
            )
        {
            // The library speaks to programmers.
            throw new UsageException($"{path} is no model that fit --save wrote: what it holds does not fit together.");
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path} is no model that fit --save wrote: {e.Message}");
        }
    }
}
