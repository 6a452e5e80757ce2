using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Tradepost.Arguments;

namespace Tradepost.Serving.Requests;

/// <summary>What stands behind the question mark, read as a job's arguments are.</summary>
public sealed record Query<T>(T Value) : IEndpointParameterMetadataProvider
    where T : notnull, new()
{
    private static readonly ArgumentReader Fields = ArgumentReader.Of(typeof(T));

    /// <summary>Called by routing, which looks for it by its name.</summary>
    public static ValueTask<Query<T>> BindAsync(HttpContext context)
    {
        var given = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach (var (name, values) in context.Request.Query)
        {
            foreach (var value in values)
            {
                JsonText.CheckText(value ?? "");
            }

            given.Add(KeyValuePair.Create(name, (IReadOnlyList<string>)[.. values.Select(value => value ?? "")]));
        }

        return ValueTask.FromResult(new Query<T>((T)Fields.FromQuery(given)));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new QuerySchema(Fields));
}

/// <summary>What may stand behind the question mark, for a route's description.</summary>
internal sealed record QuerySchema(ArgumentReader Fields);
