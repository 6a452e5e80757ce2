using Tradepost.Arguments;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs.Rights;

/// <summary>The one place that decides whether a job may be started with these arguments by whoever asks.</summary>
public static class JobRights
{
    /// <summary>Returns when whoever asks may start the job with these arguments.</summary>
    /// <exception cref="JobRightsException">They may not.</exception>
    internal static void Check(JobDefinition job, object arguments, AskerRole role, Settings settings)
    {
        if (role < job.Role)
        {
            throw new JobRightsException($"The role {Name(role)} may not run {job.Name}; {Who(job.Role)}.", role, job.Role);
        }

        foreach (
            var (argument, reserved) in Reserved(job)
                .Where(pair => role < pair.Reserved.Role && !pair.Reserved.IsFree(pair.Argument, arguments))
        )
        {
            var above = reserved.FreeUpTo is { } most ? $" above {most}" : "";
            throw new JobRightsException(
                $"The role {Name(role)} may not set {argument.Key} of {job.Name}{above}; {Who(reserved.Role)}.",
                role,
                reserved.Role,
                argument.Key
            );
        }

        if (role < AskerRole.Operator && job.OnlyHere(arguments, settings) is { } reason)
        {
            throw new JobRightsException(reason, role, AskerRole.Operator);
        }
    }

    /// <summary>The arguments of a job that not everybody may give who may start it.</summary>
    public static IEnumerable<(DescribedArgument Argument, ReservedAttribute Reserved)> Reserved(JobDefinition job) =>
        from argument in ArgumentReader.Of(job.Arguments).All
        let reserved = argument.Find<ReservedAttribute>()
        where reserved is not null
        select (argument, reserved);

    private static string Who(AskerRole role) =>
        role == AskerRole.Operator ? "that is done at the server's own command line" : $"{Name(role)} may";

    private static string Name(AskerRole role) => Spelling.Snake(role.ToString());
}
