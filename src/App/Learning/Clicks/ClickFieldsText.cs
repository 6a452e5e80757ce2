using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning.Clicks;

/// <summary>The fields as they are typed: <c>site,genres:multi,price:bucket,age:scale</c>.</summary>
internal static class ClickFieldsText
{
    /// <summary>The fields that are named, with what the options file says about them.</summary>
    public static IReadOnlyList<ClickField> Parse(string text, IReadOnlyList<ClickField> described)
    {
        var fields = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => One(part, described))
            .ToList();
        return fields.Count > 0
            ? fields
            : throw new UsageException("--fields names no column; expected are names with commas between, such as site,device.");
    }

    private static ClickField One(string part, IReadOnlyList<ClickField> described)
    {
        if (described.FirstOrDefault(field => field.Name == part) is { } known)
        {
            return known;
        }

        var colon = part.LastIndexOf(':');
        return colon < 0
            ? new ClickField { Name = part }
            : new ClickField
            {
                Name = part[..colon],
                Kind = part[(colon + 1)..] switch
                {
                    "category" => FieldKind.Categorical,
                    "multi" => FieldKind.MultiValued,
                    "bucket" => FieldKind.Bucketised,
                    "scale" => FieldKind.Scaled,
                    var kind => throw new UsageException(
                        $"--fields: {part[..colon]} is to be '{kind}'; expected is category, multi, bucket or scale."
                    ),
                },
            };
    }
}
