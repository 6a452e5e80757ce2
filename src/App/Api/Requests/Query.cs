using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Tradepost.Arguments;

namespace Tradepost.App.Api.Requests;

/// <summary>What stands behind the question mark, read as a job's arguments are.</summary>
internal sealed record Query<T>(T Value) : IEndpointParameterMetadataProvider
    where T : notnull, new()
{
    private static readonly ArgumentReader Fields = ArgumentReader.Of(typeof(T));

    public static ValueTask<Query<T>> BindAsync(HttpContext context)
    {
        var given = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach (var (name, values) in context.Request.Query)
        {
            foreach (var value in values)
            {
                JsonText.CheckText(value ?? "");
            }

            given.Add(
                KeyValuePair.Create(
                    Fields.All.FirstOrDefault(field => field.Key == name)?.Option ?? name,
                    (IReadOnlyList<string>)[.. values.Select(value => value ?? "")]
                )
            );
        }

        try
        {
            return ValueTask.FromResult(new Query<T>((T)Fields.FromText(given)));
        }
        catch (WrongArgumentException e)
        {
            throw Respelled(e);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new QuerySchema(Fields));

    // The arguments are read as the command line's; here they are spelled as in JSON.
    private static WrongArgumentException Respelled(WrongArgumentException e)
    {
        var message = Fields
            .All.OrderByDescending(field => field.Option.Length)
            .Aggregate(e.Message, (text, field) => text.Replace(field.Option, field.Key, StringComparison.Ordinal));
        string Key(string option) => Fields.All.FirstOrDefault(field => field.Option == option)?.Key ?? option;
        return new WrongArgumentException(Key(e.Field), message, e.Allowed is null ? null : [.. e.Allowed.Select(Key)]);
    }
}
